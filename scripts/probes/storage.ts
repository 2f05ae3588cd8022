import { statfsSync } from "node:fs";
import { defineProbe } from "./_contract.ts";

export default defineProbe({
  summary: "How full the file system is that the run writes to",
  tags: { "sys/disk/used": "B", "sys/disk/total": "B" },
  open({ runDir }) {
    return {
      sample() {
        const { blocks, bfree, bsize } = statfsSync(runDir);
        return { "sys/disk/used": (blocks - bfree) * bsize, "sys/disk/total": blocks * bsize };
      },
      close: () => {},
    };
  },
});
