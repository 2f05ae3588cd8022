/** Second part of the flag reader: a module with its functions, classes, imports and constants, and the modules beside it. */
export const pythonModule = String.raw`
MOST_MODULES = 20
MOST_BYTES = 2000000


class Module:
    def __init__(self, path, reader):
        self.path, self.reader = path, reader
        with open(path, "rb") as file:
            source = file.read(MOST_BYTES + 1)
        if len(source) > MOST_BYTES:
            raise ValueError("the file is larger than %d bytes" % MOST_BYTES)
        self.tree = ast.parse(source, path)
        self.lines = source.decode("utf-8", "replace").split("\n")
        self.functions, self.classes, self.imported, self.parsers, self.names = {}, {}, {}, {}, {}
        self.imports, self.reads_argv = [], False
        for node in ast.walk(self.tree):
            self.note(node)
        self.read_constants()

    def note(self, node):
        what = kind(node)
        if what in ("FunctionDef", "AsyncFunctionDef"):
            self.functions.setdefault(node.name, node)
        elif what == "ClassDef":
            self.classes.setdefault(node.name, node)
        elif what == "Import":
            for name in node.names:
                self.imports.append(name.name)
                self.imported[name.asname or name.name.split(".")[0]] = (name.name, None, 0)
        elif what == "ImportFrom":
            if node.module:
                self.imports.append(node.module)
            for name in node.names:
                self.imports.append(name.name)
                self.imported[name.asname or name.name] = (node.module or "", name.name, node.level or 0)
        elif what == "Attribute" and node.attr == "argv" and dotted(node) == "sys.argv":
            self.reads_argv = True

    def read_constants(self):
        """Names that are assigned once at the top level; class attributes as Class.name."""
        seen = set()
        for node in self.tree.body:
            for target, value in assignments(node):
                found = value_of(value, self.names)
                if target in seen or found is UNKNOWN:
                    self.names.pop(target, None)
                else:
                    self.names[target] = found
                seen.add(target)
            if kind(node) == "ClassDef":
                for inner in node.body:
                    for target, value in assignments(inner):
                        found = value_of(value, self.names)
                        if found is not UNKNOWN:
                            self.names[node.name + "." + target] = found

    def neighbour(self, name):
        """The module beside this one from which a name was imported, and the name there; None for all others."""
        if name not in self.imported:
            return None
        module, inner, level = self.imported[name]
        folder = os.path.dirname(self.path)
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        for words, rest in ((module, inner), (module + "." + inner if inner else module, None)):
            place = os.path.join(folder, *[word for word in words.split(".") if word])
            for path in (place + ".py", os.path.join(place, "__init__.py")):
                if words.strip(".") and os.path.isfile(path):
                    found = self.reader.module(path)
                    if found is not None:
                        return found, rest
        return None


def assignments(node):
    """Pairs of name and value expression that a statement assigns, tuples of the same length taken apart."""
    if kind(node) == "AnnAssign" and node.value is not None and kind(node.target) == "Name":
        return [(node.target.id, node.value)]
    if kind(node) != "Assign":
        return []
    pairs = []
    for target in node.targets:
        if kind(target) == "Name":
            pairs.append((target.id, node.value))
        elif kind(target) in ("Tuple", "List") and kind(node.value) in ("Tuple", "List"):
            if len(target.elts) == len(node.value.elts):
                pairs.extend((one.id, value) for one, value in zip(target.elts, node.value.elts) if kind(one) == "Name")
    return pairs


class Reader:
    """All modules that were looked at, by path. The cache of the answer depends on each of them."""

    def __init__(self):
        self.modules = {}

    def module(self, path):
        path = os.path.normpath(path)
        if path not in self.modules and len(self.modules) < MOST_MODULES:
            self.modules[path] = None
            try:
                self.modules[path] = Module(path, self)
            except (OSError, SyntaxError, ValueError, RecursionError):
                pass
        return self.modules.get(path)


def options_of(call):
    return {word.arg: word.value for word in call.keywords if word.arg}


def is_main_guard(node):
    return kind(node) == "If" and kind(node.test) == "Compare" and dotted(node.test.left) == "__name__"
`;
