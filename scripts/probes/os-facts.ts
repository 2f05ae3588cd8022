import { existsSync } from "node:fs";
import { platform, release, version } from "node:os";
import { dirname, join } from "node:path";
import { readText } from "./_cgroup.ts";
import { defineFacts, type FactsContext } from "./_contract.ts";

export default defineFacts({
  summary: "Operating system: name, kernel, C library, and whether this is a container",
  looks: "once",
  async read(context) {
    const root = dirname(context.procRoot);
    return {
      os: { name: nameOf(root), kernel: release(), libc: libcOf(), container: containerOf(root, context) },
    };
  },
});

/** `Debian GNU/Linux 12 (bookworm)`, `macOS …`, `Windows …`. */
function nameOf(root: string): string | null {
  const text = readText(join(root, "etc", "os-release")) ?? readText(join(root, "usr", "lib", "os-release"));
  const pretty = /^PRETTY_NAME=(?:"([^"]*)"|'([^']*)'|(.*))$/m.exec(text ?? "");
  const name = pretty?.slice(1).find((part) => part !== undefined && part !== "");
  if (name !== undefined) return name;
  if (platform() === "linux") return "Linux";
  if (platform() === "darwin") return `macOS (Darwin ${release()})`;
  return platform() === "win32" ? version() : platform();
}

/** `glibc 2.36`; null where Node was built against something that does not say. */
function libcOf(): string | null {
  if (platform() !== "linux" || process.report === undefined) return null;
  // Asking for the network would look up names.
  // A door: Node's types do not know this switch (since 22.0) and call the report a bare object.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: unknown } };
  return typeof header?.glibcVersionRuntime === "string" ? `glibc ${header.glibcVersionRuntime}` : "musl";
}

/** `docker`, `podman`, `kubernetes` …; null where nothing speaks for a container. */
function containerOf(root: string, { env, procRoot }: FactsContext): string | null {
  if (env.KUBERNETES_SERVICE_HOST) return "kubernetes";
  if (existsSync(join(root, ".dockerenv"))) return "docker";
  if (existsSync(join(root, "run", ".containerenv"))) return "podman";
  if (env.APPTAINER_CONTAINER || env.SINGULARITY_CONTAINER) return "apptainer";
  const groups = readText(join(procRoot, "1", "cgroup")) ?? "";
  const named = /kubepods|docker|lxc|containerd|podman/.exec(groups)?.[0];
  if (named !== undefined) return named === "kubepods" ? "kubernetes" : named;
  return env.container && /^[\w-]{1,30}$/.test(env.container) ? env.container : null;
}
