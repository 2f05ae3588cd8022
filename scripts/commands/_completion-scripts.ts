/** Completion for shells, made of what the command files say about themselves: a new command completes as soon as it is there. */
import type { Command } from "./_contract.ts";

type Commands = Record<string, Command>;

/** The text of the script; where the shell is not asked about a word of ours it completes file names. */
export function completionScript(shell: "bash" | "zsh" | "fish", commands: Commands): string {
  if (shell === "fish") return fishScript(commands);
  const script = bashScript(commands);
  return shell === "bash" ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`;
}

/** Option words of a command, long ones first. */
function optionsOf({ options }: Command): string[] {
  const long = Object.keys(options).map((name) => `--${name}`);
  return [...long, ...Object.values(options).flatMap(({ short }) => (short === undefined ? [] : [`-${short}`])), "--help"];
}

/** Words that may stand behind a command. */
function wordsBehind(name: string, { verbs }: Command): string[] {
  if (name === "completion") return ["bash", "zsh", "fish"];
  return verbs === undefined ? [] : ["list", ...verbs];
}

function verbsOf(commands: Commands, name: string): string[] {
  const command = commands[name];
  return command === undefined ? [] : wordsBehind(name, command);
}

function bashScript(commands: Commands): string {
  const cases = Object.entries(commands).map(([name, command]) => {
    const behind = wordsBehind(name, command);
    return `    ${name}) options="${optionsOf(command).join(" ")}"; behind="${behind.join(" ")}" ;;`;
  });
  return `# guild completion: put this into your shell's start file, or: source <(guild completion bash)
_guild() {
  local word="\${COMP_WORDS[COMP_CWORD]}" name="\${COMP_WORDS[1]}" options="" behind="" first=2
  COMPREPLY=()
  local at
  for ((at = 1; at < COMP_CWORD; at++)); do
    [ "\${COMP_WORDS[at]}" = "--" ] && return
  done
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "help ${Object.keys(commands).join(" ")}" -- "$word"))
    return
  fi
  if [ "$name" = help ]; then
    COMPREPLY=($(compgen -W "${Object.keys(commands).join(" ")}" -- "$word"))
    return
  fi
  if [ "$name" = runs ] && [ "$COMP_CWORD" -gt 2 ]; then
    case " ${verbsOf(commands, "runs").join(" ")} " in
      *" \${COMP_WORDS[2]} "*) [ "\${COMP_WORDS[2]}" = list ] || name="\${COMP_WORDS[2]}"; first=3 ;;
    esac
  fi
  case "$name" in
${cases.join("\n")}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) [ "$COMP_CWORD" -eq "$first" ] && [ -n "$behind" ] && COMPREPLY=($(compgen -W "$behind" -- "$word")) ;;
  esac
}
complete -o default -F _guild guild guildhall
`;
}

function fishScript(commands: Commands): string {
  const lines = ["# guild completion: ~/.config/fish/completions/guild.fish"];
  for (const [name, command] of Object.entries(commands)) {
    lines.push(`complete -c guild -n __fish_use_subcommand -a ${name} -d ${quoted(command.summary)}`);
    const here = `-n '__fish_seen_subcommand_from ${name}'`;
    for (const word of wordsBehind(name, command)) lines.push(`complete -c guild ${here} -a ${word}`);
    for (const [option, { short, type, description }] of Object.entries(command.options)) {
      const letter = short === undefined ? "" : ` -s ${short}`;
      lines.push(`complete -c guild ${here} -l ${option}${letter}${type === "boolean" ? "" : " -r"} -d ${quoted(description)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
