/** The Python program that starts a script whose flags are its own global variables, dict or namespace. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Runs a script (or with -m a module) as `__main__`, after the first assignments of some names got other values. The file stays as it
 * is, and so do the lines of its tracebacks. Called as: globals.py DEST [-m] TARGET NAME=JSON… [-- WORD…]; Python 3.6 and later.
 */
const globalsProgram = `"""Starts a script with flags as its global variables. Written by Guildhall; the script itself is not changed."""
import ast
import builtins
import json
import os
import sys
from types import ModuleType, SimpleNamespace


def apply(scope, dest, flags):
    """Puts the flags into the names, the dict or the namespace that was just assigned."""
    if dest == "globals":
        return
    holder, parts = dest.split(":", 1)[1], None
    top, *parts = holder.split(".")
    target = scope[top]
    for part in parts:
        target = below(target, part)
    for name, value in flags.items():
        inner = target
        *path, last = name.split(".")
        for part in path:
            inner = below(inner, part)
        put(inner, last, value)


def below(target, name):
    found = target.get(name) if hasattr(target, "get") and hasattr(target, "__setitem__") else getattr(target, name, None)
    if found is None:
        found = type(target)() if isinstance(target, dict) else SimpleNamespace()
        put(target, name, found)
    return found


def put(target, name, value):
    if hasattr(target, "__setitem__"):
        target[name] = value
    else:
        setattr(target, name, value)


def names_of(node):
    """The plain names that a statement gives a value at the top level."""
    if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets = [node.target]
    found = []
    for target in targets:
        found.extend(target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target])
    return [one.id for one in found if isinstance(one, ast.Name)]


def rewrite(body, dest, flags, left):
    """Behind the first assignment of each name the value that the flag has; if, try and with are looked into."""
    done = []
    for node in body:
        for field in ("body", "orelse", "finalbody", "handlers"):
            inner = getattr(node, field, None)
            if isinstance(inner, list) and isinstance(node, (ast.If, ast.Try, ast.With, ast.ExceptHandler)):
                setattr(node, field, rewrite(inner, dest, flags, left))
        done.append(node)
        for name in names_of(node):
            if name in left:
                left.discard(name)
                value = "%s[%r]" % (HOOK, name) if dest == "globals" else "%s(globals())" % HOOK
                added = ast.parse("%s = %s" % (name, value) if dest == "globals" else value).body[0]
                for one in ast.walk(added):
                    ast.copy_location(one, node)
                done.append(added)
    return done


HOOK = "__guild_flags__"


def prepared(path, dest, flags, scope):
    """The script's code with the flags in it, ready to run in the scope."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read(), path)
    top = dest.split(":", 1)[1].split(".")[0] if ":" in dest else None
    left = set(flags) if dest == "globals" else {top}
    tree.body = rewrite(tree.body, dest, flags, left)
    if dest == "globals":
        scope.update(flags)
        hook = flags
    else:
        hook = lambda scope: apply(scope, dest, flags)
        if top in left:
            scope[top] = {} if not dest.startswith("namespace:") else SimpleNamespace()
            hook(scope)
    setattr(builtins, HOOK, hook)
    return compile(tree, path, "exec", dont_inherit=True)


def main():
    dest, words = sys.argv[1], sys.argv[2:]
    is_module = words[0] == "-m"
    target, words = (words[1], words[2:]) if is_module else (words[0], words[1:])
    split = words.index("--") if "--" in words else len(words)
    flags = {name: json.loads(text) for name, text in (word.split("=", 1) for word in words[:split])}
    spec = None
    if is_module:
        sys.path[0] = os.getcwd()
        import importlib.util
        spec = importlib.util.find_spec(target)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = importlib.util.find_spec(target + ".__main__")
        if spec is None or spec.origin is None:
            sys.exit("%s: No module named %s" % (sys.executable, target))
        path = spec.origin
    else:
        path = target
        sys.path[0] = os.path.dirname(os.path.realpath(path))
    sys.argv = [path] + words[split + 1:]
    package = spec.parent if spec else None
    os.environ[CHILDREN] = json.dumps([os.path.abspath(path), dest, flags, package])
    sys.meta_path.insert(0, Spawning())
    sys.excepthook = shown_without_us(sys.excepthook)
    # A module of its own: what the script defines can be found there, by pickle and by import __main__, and nothing of ours.
    ours = sys.modules["__main__"]
    module = sys.modules["__main__"] = ModuleType("__main__")
    scope = module.__dict__
    scope.update(__file__=path, __spec__=spec, __package__=package, __cached__=None, __builtins__=builtins)
    exec(prepared(path, dest, flags, scope), scope)
    del ours


CHILDREN = "GUILD_GLOBALS"


def child():
    """In a process that multiprocessing has spawned the script is read again: with the same flags."""
    path, dest, flags, package = json.loads(os.environ[CHILDREN])
    scope = dict(__name__=__name__, __file__=path, __spec__=None, __package__=package, __builtins__=builtins)
    exec(prepared(path, dest, flags, scope), scope)
    for name in [name for name in globals() if not name.startswith("__")]:
        del globals()[name]
    globals().update(scope)


class Spawning:
    """Waits for multiprocessing to be imported, so that nobody pays for it who does not use it: spawned processes begin with us."""

    own = os.path.abspath(__file__)

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name != "multiprocessing.spawn":
            return None
        sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, cls)]
        import importlib.util
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        own = cls.own

        def loaded(module):
            load(module)
            before = module.get_preparation_data

            def data(process):
                found = before(process)
                found.pop("init_main_from_name", None)
                found["init_main_from_path"] = own
                return found

            module.get_preparation_data = data

        spec.loader.exec_module = loaded
        return spec


def shown_without_us(before):
    """A traceback begins in the script: the frames of this file are left out."""
    own = __file__

    def show(kind, value, trace):
        while trace is not None and trace.tb_frame.f_code.co_filename == own:
            trace = trace.tb_next
        value.__traceback__ = trace
        before(kind, value, trace)

    return show


if __name__ == "__mp_main__":
    child()
else:
    main()
`;

/** Where it lies, relative to the project. */
export const globalsProgramPath = ".guild/globals.py";

/** Writes the program below `root`, unless it is there. Throws what the file system throws. */
export function writeGlobalsProgram(root: string): void {
  const path = join(root, globalsProgramPath);
  if (existsSync(path) && readFileSync(path, "utf8") === globalsProgram) return;
  mkdirSync(dirname(path), { recursive: true });
  const ignore = join(dirname(path), ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  writeFileSync(`${path}.${process.pid}`, globalsProgram);
  renameSync(`${path}.${process.pid}`, path);
}
