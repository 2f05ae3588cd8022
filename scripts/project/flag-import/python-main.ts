/** Last part of the flag reader: module globals, which interface the script has, and the answer as JSON. */
export const pythonMain = `
def global_flags(module):
    """The first assignment of every public name at the top level: scalars, and lists of scalars."""
    flags = {}
    for node in module.tree.body:
        for name, value in assignments(node):
            if name in flags or name.startswith("_"):
                continue
            # What is computed from another name stays the script's: it follows when that one is changed.
            found = plain(value_of(value, {}))
            if found is UNKNOWN or (isinstance(found, list) and any(isinstance(item, list) for item in found)):
                flags[name] = None
                continue
            if isinstance(found, list) and kind(value) == "Tuple":
                flags[name] = None
                continue
            flags[name] = by_value(name, found, node.lineno)
    return [flag for flag in flags.values() if flag is not None]


def by_value(name, value, line):
    types = {"bool": "boolean", "int": "number", "float": "float", "str": "string"}
    flag = {"name": name, "line": line, "dest": name}
    if type(value).__name__ in types:
        flag["type"] = types[type(value).__name__]
    if isinstance(value, list):
        flag["split"] = True
    if value is not None:
        flag["default"] = value
    return flag


def groups_of(module):
    """Dicts, namespaces and classes of the top level, each with its public entries as flags; nested names are dotted."""
    found = {}
    for node in module.tree.body:
        for name, value in assignments(node):
            if name not in found and not name.startswith("_"):
                entries = entries_of(value, module)
                if entries is not None:
                    found[name] = [by_value(*entry) for entry in entries]
        if kind(node) == "ClassDef" and node.name not in found:
            pairs = [(target, value, inner.lineno) for inner in node.body for target, value in assignments(inner)]
            values = [(target, plain(value_of(value, module.names)), line) for target, value, line in pairs]
            found[node.name] = [by_value(*one) for one in values if one[1] is not UNKNOWN and not one[0].startswith("_")]
    return found


def entries_of(node, module, prefix=""):
    what = kind(node)
    pairs = None
    if what == "Dict":
        pairs = [(value_of(key, module.names) if key is not None else UNKNOWN, value) for key, value in zip(node.keys, node.values)]
    elif what == "Call" and last(node) in ("dict", "SimpleNamespace", "Namespace", "Munch", "Box", "EasyDict", "DotMap", "ConfigDict",
                                            "AttrDict", "edict", "OmegaConf.create"):
        pairs = [(word.arg, word.value) for word in node.keywords]
        if node.args:
            below = entries_of(node.args[0], module, prefix)
            return None if below is None else below + [one for key, value in pairs for one in entry(prefix, key, value, module)]
    if pairs is None:
        return None
    return [one for key, value in pairs for one in entry(prefix, key, value, module)]


def entry(prefix, key, value, module):
    if not isinstance(key, str) or key.startswith("_"):
        return []
    below = entries_of(value, module, prefix + key + ".")
    if below is not None:
        return below
    found = plain(value_of(value, module.names))
    return [] if found is UNKNOWN else [(prefix + key, found, value.lineno)]


OTHERS = ("docopt", "hydra", "jsonargparse", "lightning.pytorch.cli", "pytorch_lightning.cli", "sacred", "plac", "configargparse",
          "fire", "tyro", "simple_parsing", "pyrallis", "draccus", "tap", "HfArgumentParser", "TrlParser", "gin", "getopt", "cyclopts",
          "optparse", "LightningCLI")


def interface(module, parser):
    """Which library reads the arguments: argparse before click before the others, as Guild guesses; globals without any."""
    names = set(module.imports) | {name.split(".")[0] for name in module.imports}
    if "argparse" in names:
        return "args"
    if names & {"click", "rich_click"}:
        return "args:click"
    if "typer" in names:
        return "args:typer"
    if "absl" in names or "absl.flags" in names:
        return "args:absl"
    if "hydra" in names:
        return "args:hydra"
    if parser.flags or parser.commands or names & set(OTHERS):
        return "args"
    return "globals"


def read(path):
    reader = Reader()
    with open(path, "rb"):
        pass
    try:
        module = Module(path, reader)
    except SyntaxError as error:
        return {"error": {"message": error.msg, "line": error.lineno or 0}, "files": [path]}
    reader.modules[os.path.normpath(path)] = module
    walker = Walker()
    walker.module(module, True)
    root = walker.root()
    if not root.flags and not root.commands and not root.parents and "argparse" in module.imports:
        for function in module.functions.values():
            frame = Frame(walker, module, {}, dict(module.names), module.parsers)
            frame.block(function.body)
        root = walker.root()
    for made in (click_parser(module), typer_parser(module), absl_parser(module)):
        if made is not None and not root.flags:
            root.take(made)
    for beside in list(reader.modules.values()):
        made = absl_parser(beside) if beside is not None and beside is not module and "absl" in module.imports else None
        if made is not None:
            root.take(made)
    return {"dest": interface(module, root), "args": root.result(), "globals": global_flags(module), "groups": groups_of(module),
            "readsArgv": module.reads_argv,
            "files": [one for one in reader.modules if reader.modules[one] is not None]}


def main():
    sys.setrecursionlimit(5000)
    path = os.path.abspath(sys.argv[1])
    try:
        answer = read(path)
    except RecursionError:
        answer = {"error": {"message": "it is nested too deeply", "line": 0}, "files": [path]}
    except (OSError, ValueError) as error:
        answer = {"error": {"message": str(error), "line": 0}, "files": [path]}
    sys.stdout.write(json.dumps(answer))


main()
`;
