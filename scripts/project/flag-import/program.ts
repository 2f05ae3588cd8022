/** The whole flag reader: one Python program of the standard library, given to the user's own interpreter on its stdin. */
import { pythonArgparse } from "./python-argparse.ts";
import { pythonClick } from "./python-click.ts";
import { pythonFlags } from "./python-flags.ts";
import { pythonMain } from "./python-main.ts";
import { pythonModule } from "./python-module.ts";
import { pythonValues } from "./python-values.ts";

/** Reads the script that is its first argument and prints what it found as JSON. It runs and imports nothing of the user's. */
export const flagReader = [pythonValues, pythonModule, pythonFlags, pythonArgparse, pythonClick, pythonMain].join("\n");
