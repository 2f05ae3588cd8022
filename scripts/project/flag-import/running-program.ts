/** The Python program behind `--import-by-running`: runs a script until it looks at its arguments, and says which it would take. */

/**
 * Called as: python - OUT [-m] TARGET WORD…; writes the answer of the flag reader's shape to OUT and ends there and then. Libraries:
 * argparse and what is built on it, click and typer.
 */
export const runningProgram = `
import argparse, json, os, runpy, sys

OUT, WORDS = sys.argv[1], sys.argv[2:]
MODULE = WORDS[0] == "-m"
TARGET, REST = (WORDS[1], WORDS[2:]) if MODULE else (WORDS[0], WORDS[1:])
TYPES = {int: "int", float: "float", str: "string", bool: "boolean"}


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    return plain(value.value) if hasattr(value, "value") else str(value)


def answer(dest, parser):
    with open(OUT, "w") as file:
        json.dump({"dest": dest, "args": parser, "globals": [], "groups": {}, "files": []}, file)
    sys.stdout.flush()
    os._exit(0)


def flag_of_action(action):
    what = type(action).__name__
    long = [option for option in action.option_strings if option.startswith("--")]
    option = (long or list(action.option_strings) or [action.dest])[0]
    flag = {"name": option.lstrip("-"), "line": 0, "type": TYPES.get(action.type, "auto"), "required": bool(action.required)}
    if action.default is not None and action.default != argparse.SUPPRESS:
        flag["default"] = plain(action.default)
    if action.help and action.help != argparse.SUPPRESS:
        flag["description"] = " ".join(str(action.help).replace("%(default)s", str(action.default)).split())
    if action.choices and what != "BooleanOptionalAction":
        flag["choices"] = [plain(choice) for choice in action.choices]
    if not action.option_strings:
        flag["position"] = True
    elif not long:
        flag["arg"] = option
    if what == "BooleanOptionalAction":
        flag.update(type="boolean", on=long[0][2:], off=long[-1][2:])
    elif what in ("_StoreTrueAction", "_StoreConstAction"):
        flag.update(type="boolean", on=option[2:] if long else option, off=None)
        flag.setdefault("default", False)
    elif what == "_StoreFalseAction":
        flag.update(type="boolean", on=None, off=option[2:] if long else option)
    elif action.type is not None and action.type not in TYPES and isinstance(action.default, bool):
        flag.update(type="boolean", words=True)
    if action.nargs in ("+", "*") or (isinstance(action.nargs, int) and action.nargs > 1) or what in ("_AppendAction", "_ExtendAction"):
        flag.update(split=True, repeat=what == "_AppendAction")
    return flag


SKIPPED = ("_HelpAction", "_VersionAction", "_CountAction", "_AppendConstAction", "_SubParsersAction")


def from_parser(parser):
    flags = [flag_of_action(action) for action in parser._actions if type(action).__name__ not in SKIPPED]
    commands = {}
    for action in parser._actions:
        if type(action).__name__ == "_SubParsersAction":
            commands.update({name: from_parser(below) for name, below in action.choices.items()})
    return {"flags": flags, "commands": commands, "open": False}


def from_command(command):
    flags = []
    for param in command.params:
        if param.name in ("help", "install_completion", "show_completion") or not param.opts:
            continue
        long = [option for option in param.opts if option.startswith("--")]
        option = (long or list(param.opts))[0]
        kinds = {"integer": "int", "integer range": "int", "float": "float", "float range": "float", "boolean": "boolean", "text": "string",
                 "path": "path", "filename": "path", "file": "path", "directory": "path"}
        flag = {"name": option.lstrip("-"), "line": 0, "type": kinds.get(param.type.name, "auto"), "required": bool(param.required)}
        default = param.default() if callable(param.default) else param.default
        if default is not None and "Sentinel" not in type(default).__name__ and "UNSET" not in str(default):
            flag["default"] = plain(default)
        if getattr(param, "help", None):
            flag["description"] = " ".join(param.help.split())
        if hasattr(param.type, "choices"):
            flag["choices"] = [plain(choice) for choice in param.type.choices]
        for key in ("min", "max"):
            if isinstance(getattr(param.type, key, None), (int, float)):
                flag[key] = getattr(param.type, key)
        if param.param_type_name == "argument":
            flag["position"] = True
        elif getattr(param, "is_flag", False):
            on, off = option.lstrip("-"), param.secondary_opts[0].lstrip("-") if param.secondary_opts else None
            off = on if off is None and flag.get("default") is True else off
            flag.update(type="boolean", on=None if off == on else on, off=off)
            flag.setdefault("default", False)
        elif not long:
            flag["arg"] = option
        if getattr(param, "multiple", False) or param.nargs != 1:
            flag.update(split=True, repeat=bool(getattr(param, "multiple", False)))
        flags.append(flag)
    commands = {name: from_command(below) for name, below in getattr(command, "commands", {}).items()}
    return {"flags": flags, "commands": commands, "open": False}


argparse.ArgumentParser.parse_known_args = lambda self, *args, **words: answer("args", from_parser(self))
try:
    import click
    click.Command.main = click.Group.main = lambda self, *args, **words: answer("args:click", from_command(self))
except ImportError:
    pass
for name in ("typer.core", "rich_click"):
    if name.split(".")[0] in open(TARGET).read() if os.path.isfile(TARGET) else False:
        try:
            core = __import__(name, fromlist=["x"])
            for kind in (getattr(core, "TyperCommand", None), getattr(core, "TyperGroup", None), getattr(core, "RichCommand", None)):
                if kind is not None:
                    kind.main = lambda self, *args, **words: answer("args:click", from_command(self))
        except ImportError:
            pass

if MODULE:
    sys.path[0] = os.getcwd()
    sys.argv = [TARGET] + REST
    runpy.run_module(TARGET, run_name="__main__", alter_sys=True)
else:
    sys.path[0] = os.path.dirname(os.path.realpath(TARGET))
    sys.argv = [TARGET] + REST
    runpy.run_path(TARGET, run_name="__main__")
`;
