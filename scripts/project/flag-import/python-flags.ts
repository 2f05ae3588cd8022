/** Third part of the flag reader: one flag as a record, and flags out of annotations (dataclasses, typer, fire). */
export const pythonFlags = `
TYPES = {"int": "int", "float": "float", "str": "string", "bool": "boolean", "Path": "path", "FileType": "path",
         "open": "path", "INT": "int", "FLOAT": "float", "STRING": "string", "BOOL": "boolean", "IntRange": "int",
         "FloatRange": "float", "File": "path"}


class Parser:
    """Flags by name in the order of the script, and the commands below it. open: it takes flags that are not known here."""

    def __init__(self):
        self.flags, self.commands, self.parents, self.parsed, self.open = {}, {}, [], False, False
        self.defaults = {}

    def add(self, flag):
        if flag is not None:
            self.flags[flag["name"]] = flag

    def take(self, other):
        for name, flag in other.flags.items():
            self.flags.setdefault(name, flag)
        self.commands.update(other.commands)
        self.open = self.open or other.open

    def result(self):
        for parent in self.parents:
            if parent is not self:
                self.take(parent)
        for flag in self.flags.values():
            found = plain(self.defaults.get(flag.get("dest"), UNKNOWN))
            if found is not UNKNOWN:
                set_default(flag, found)
        commands = {name: below.result() for name, below in self.commands.items()}
        return {"flags": list(self.flags.values()), "commands": commands, "open": self.open}


def set_default(flag, value):
    flag.pop("computed", None)
    if isinstance(value, str) and flag.get("type") in ("int", "float") and "default" not in flag:
        try:
            value = int(value) if flag["type"] == "int" else float(value)
        except ValueError:
            pass
    flag["default"] = value


def give_default(flag, node, module, names):
    """Puts the default of an expression into the flag, or its text where only the program can compute it."""
    found = plain(value_of(node, names))
    if found is UNKNOWN:
        flag["computed"] = source_of(node, module.lines)
    elif found is not None:
        set_default(flag, found)


def give_choices(flag, values):
    found = plain(list(values) if isinstance(values, (list, dict)) else UNKNOWN)
    if found is not UNKNOWN and found:
        flag["choices"] = found


def give_text(flag, key, node, names):
    found = value_of(node, names) if node is not None else UNKNOWN
    if isinstance(found, str) and found:
        flag[key] = " ".join(found.replace("%(default)s", str(flag.get("default", ""))).replace("%%", "%").split())


def enum_values(module, name, by_name=False):
    """The values of an enumeration of the module, or its names; None when it is none."""
    found = module.classes.get(name)
    if found is None or not any(last(base).endswith(("Enum", "Flag")) for base in found.bases):
        return None
    pairs = [pair for node in found.body for pair in assignments(node)]
    values = [target if by_name else value_of(value, module.names) for target, value in pairs]
    return values if plain(values) is not UNKNOWN and values else None


def annotate(flag, node, module):
    """Type, choices and several values out of an annotation. Gives back the call in Annotated[...], or None."""
    if node is None:
        return None
    text = value_of(node, {})
    if isinstance(text, str):
        node = ast.parse(text, mode="eval").body
    name = last(node)
    if kind(node) == "BinOp" and kind(node.op) == "BitOr":
        sides = [side for side in (node.left, node.right) if not (kind(side) in ("Constant", "NameConstant") and side.value is None)]
        return annotate(flag, sides[0], module) if sides else None
    if kind(node) == "Subscript":
        inner = node.slice.value if kind(node.slice) == "Index" else node.slice
        parts = inner.elts if kind(inner) == "Tuple" else [inner]
        if name == "Literal":
            give_choices(flag, value_of(ast.List(elts=list(parts), ctx=ast.Load()), module.names))
        elif name in ("List", "list", "Sequence", "Tuple", "tuple", "Iterable"):
            annotate(flag, parts[0], module)
            flag["split"] = True
        elif name in ("Optional", "Union", "Annotated", "Final", "ClassVar"):
            annotate(flag, parts[0], module)
            if name == "Annotated":
                return next((part for part in parts[1:] if kind(part) == "Call"), None)
        return None
    if name in TYPES:
        flag["type"] = TYPES[name]
    values = enum_values(module, name)
    if values is not None:
        give_choices(flag, values)
    return None


def switch(flag, on, off):
    """A flag without a value: the option that says yes and the one that says no."""
    flag["type"] = "boolean"
    flag["on"], flag["off"] = on, off
    flag.setdefault("default", False)


def fields_of(module, name, prefix="", depth=0):
    """Flags of a dataclass (or a class with annotated attributes) of the module or one beside it; None when it is unknown."""
    found = module.classes.get(name)
    if found is None:
        beside = module.neighbour(name)
        return fields_of(beside[0], beside[1], prefix, depth + 1) if beside and beside[1] and depth < 5 else None
    flags, whole = [], True
    for base in found.bases:
        if last(base) not in ("object", "Tap", "BaseModel", "NamedTuple", "Generic", "ABC", "Serializable") and depth < 5:
            below = fields_of(module, last(base), prefix, depth + 1)
            flags.extend(below[0] if below else [])
            whole = whole and below is not None and below[1]
    for node in found.body:
        if kind(node) != "AnnAssign" or kind(node.target) != "Name" or last(node.annotation) == "ClassVar":
            continue
        flag = {"name": prefix + node.target.id, "line": node.lineno, "dest": node.target.id}
        annotate(flag, node.annotation, module)
        give_field(flag, node.value, module)
        flags = [one for one in flags if one["name"] != flag["name"]] + [flag]
    return flags, whole


def give_field(flag, value, module):
    if value is None:
        flag["required"] = True
        return
    if kind(value) != "Call" or last(value) not in ("field", "Field", "HfArg", "choice", "mutable_field"):
        give_default(flag, value, module, module.names)
        return
    words = options_of(value)
    if "default" in words or (value.args and last(value) == "Field"):
        give_default(flag, words.get("default", value.args[0] if value.args else None), module, module.names)
    elif "default_factory" in words:
        factory = words["default_factory"]
        body = factory.body if kind(factory) == "Lambda" else factory
        if last(body) in ("list", "dict") and kind(body) == "Name":
            flag["computed"] = last(body) + "()"
        else:
            give_default(flag, body, module, module.names)
    else:
        flag["required"] = True
    meta = value_of(words["metadata"], module.names) if "metadata" in words else {}
    for node in (words.get("help"), words.get("description")):
        give_text(flag, "description", node, module.names)
    if isinstance(meta, dict) and isinstance(meta.get("help"), str):
        flag["description"] = " ".join(meta["help"].split())


def parameters(function):
    """Triples of name, annotation and default expression of a function, self and starred ones left out."""
    spec = function.args
    positional = list(getattr(spec, "posonlyargs", [])) + list(spec.args)
    defaults = [None] * (len(positional) - len(spec.defaults)) + list(spec.defaults)
    both = list(zip(positional, defaults)) + list(zip(spec.kwonlyargs, spec.kw_defaults))
    return [(arg.arg, arg.annotation, default, arg.lineno) for arg, default in both if arg.arg not in ("self", "cls")]


def signature_flags(module, function):
    """Flags of a function whose parameters are the options, as fire and tyro make them."""
    flags = []
    for name, annotation, default, line in parameters(function):
        flag = {"name": name, "line": line, "dest": name}
        annotate(flag, annotation, module)
        if default is None:
            flag["required"] = True
        else:
            give_default(flag, default, module, module.names)
        flags.append(flag)
    return flags
`;
