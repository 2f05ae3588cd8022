/** Fourth part of the flag reader: argparse and what builds on it, by following the script as it would go. */
export const pythonArgparse = `
class Commands:
    """What add_subparsers gives back."""

    def __init__(self, parser):
        self.parser = parser


class Walker:
    """Follows one module from its first line: parsers as they are made, passed on, given back, and asked to parse."""

    def __init__(self):
        self.parsers, self.entered, self.visited = [], [], set()
        self.orphans = Parser()

    def new(self):
        parser = Parser()
        self.parsers.append(parser)
        return parser

    def module(self, module, guard):
        frame = Frame(self, module, module.parsers, module.names, {})
        self.visited.add(module.path)
        frame.block([node for node in module.tree.body if guard or not is_main_guard(node)])

    def root(self):
        """All parsers that parse, as one; those that were only made where none does."""
        parsed = [one for one in self.parsers if one.parsed] or [one for one in self.parsers if one.flags or one.commands]
        below = [sub for one in self.parsers for sub in one.commands.values()]
        root = Parser()
        for one in parsed or []:
            if one.parsed or not any(one is sub for sub in below):
                root.parents.append(one)
                for parent in one.parents:
                    one.take(parent)
                root.defaults.update(one.defaults)
        root.take(self.orphans)
        return root


class Frame:
    """Names in one scope: parsers, and constants over those of the module."""

    def __init__(self, walker, module, parsers, names, outer):
        self.walker, self.at, self.own, self.names, self.outer = walker, module, parsers, names, outer
        self.returned = None

    def block(self, body):
        for node in body:
            self.statement(node)

    def statement(self, node):
        what = kind(node)
        if what in ("FunctionDef", "AsyncFunctionDef", "ClassDef", "Import", "ImportFrom"):
            return
        if what in ("Assign", "AnnAssign"):
            found = self.run(node.value) if node.value is not None else None
            for target in node.targets if what == "Assign" else [node.target]:
                if found is not None and dotted(target):
                    self.own[dotted(target)] = found
            for name, value in assignments(node):
                if self.names is not self.at.names:
                    self.names[name] = value_of(value, self.names)
            return
        if what == "Return":
            found = self.run(node.value) if node.value is not None else None
            self.returned = found if found is not None else self.returned
            return
        if what == "For":
            self.loop(node)
            return
        for field, value in ast.iter_fields(node):
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, ast.stmt):
                    self.statement(one)
                elif kind(one) in ("ExceptHandler", "match_case"):
                    self.block(one.body)
                elif kind(one) == "withitem":
                    found = self.run(one.context_expr)
                    if found is not None and one.optional_vars is not None:
                        self.own[dotted(one.optional_vars)] = found
                elif isinstance(one, ast.expr):
                    self.run(one)

    def loop(self, node):
        values = value_of(node.iter, self.names)
        self.run(node.iter)
        if kind(node.target) != "Name" or not isinstance(values, list) or len(values) > 100:
            self.block(node.body)
            return
        before = self.names
        for value in values:
            self.names = dict(before)
            self.names[node.target.id] = value
            self.block(node.body)
        self.names = before

    def find(self, name):
        return self.own.get(name) or self.outer.get(name)

    def run(self, node):
        """The parser that an expression is, or None; calls in it have happened then."""
        what = kind(node)
        if what == "Name":
            return self.find(node.id) or self.beside(node.id)
        if what == "Attribute":
            found = self.find(dotted(node))
            return found if found is not None else self.run(node.value) if kind(node.value) == "Call" else None
        if what == "Call":
            return self.call(node)
        if what == "Lambda":
            return None
        found = None
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found = self.run(child) or found
        return found if what in ("IfExp", "BoolOp", "Await", "NamedExpr") else None

    def beside(self, name):
        """A parser that a module beside this one holds under the name."""
        found = self.at.neighbour(name)
        if found is None or found[1] is None:
            return None
        self.enter(found[0])
        return found[0].parsers.get(found[1])

    def enter(self, module):
        if module.path not in self.walker.visited:
            self.walker.module(module, False)

    def call(self, node):
        name = last(node)
        base = self.run(node.func.value) if kind(node.func) == "Attribute" else None
        words = options_of(node)
        if name in CLASSES_OF_PARSERS:
            return self.made(node, words)
        if isinstance(base, Parser):
            return self.method(base, name, node, words)
        if isinstance(base, Commands) and name == "add_parser" and node.args:
            return self.subparser(base, node, words)
        if name == "add_argument" and kind(node.func) == "Attribute" and kind(node.func.value) in ("Name", "Attribute"):
            self.walker.orphans.add(self.argument(node, words))
            return None
        args = [self.run(arg) for arg in node.args]
        named = {word: self.run(value) for word, value in words.items()}
        if name == "parse_args_into_dataclasses":
            return None
        if name in ("Fire", "cli", "CLI", "auto_cli", "parse", "wrap") and node.args:
            self.from_signature(node, words)
        if name == "parse_args" and kind(node.func) == "Attribute" and kind(node.func.value) == "Call":
            self.from_class(last(node.func.value), "")
        return self.enter_function(node, args, named)

    def made(self, node, words):
        parser = self.walker.new()
        for parent in (words["parents"].elts if kind(words.get("parents")) in ("List", "Tuple") else []):
            found = self.run(parent)
            if isinstance(found, Parser):
                parser.parents.append(found)
        if last(node) in ("HfArgumentParser", "TrlParser") and (node.args or "dataclass_types" in words):
            types = node.args[0] if node.args else words["dataclass_types"]
            types = self.assigned(types)
            for one in types.elts if kind(types) in ("Tuple", "List") else [types]:
                self.dataclass(parser, last(one), "")
            parser.parsed = True
        return parser

    def assigned(self, node):
        """What a name stands for where it was assigned at the top level; the expression itself otherwise."""
        if kind(node) == "Name" and node.id not in self.at.classes:
            for statement in ast.walk(self.at.tree):
                for target, value in assignments(statement):
                    if target == node.id:
                        return value
        return node

    def dataclass(self, parser, name, prefix):
        found = fields_of(self.at, name, prefix)
        if found is None or not found[1]:
            parser.open = True
        for flag in found[0] if found else []:
            parser.add(flag)

    def from_class(self, name, prefix):
        found = self.at.classes.get(name)
        if found is not None and any(last(base) in ("Tap", "TypedArgumentParser") for base in found.bases):
            parser = self.walker.new()
            parser.parsed = True
            self.dataclass(parser, name, prefix)
            for flag in parser.flags.values():
                if flag.get("type") == "boolean":
                    switch(flag, flag["name"] if flag.get("default") is not True else None,
                           flag["name"] if flag.get("default") is True else None)

    def from_signature(self, node, words):
        owner = dotted(node.func).split(".")[0]
        if not {owner, last(node)} & {"fire", "Fire", "tyro", "jsonargparse", "simple_parsing", "CLI", "pyrallis", "draccus"}:
            return
        if owner not in self.at.imported:
            return
        target = dotted(node.args[0])
        parser = self.walker.new()
        parser.parsed = True
        if target in self.at.functions and target not in self.at.classes:
            for flag in signature_flags(self.at, self.at.functions[target]):
                parser.add(flag)
        else:
            self.dataclass(parser, target, "")
        if owner == "tyro":
            for flag in list(parser.flags.values()):
                flag["arg"] = flag["name"].replace("_", "-")
                if flag.get("type") == "boolean" and not flag.get("required"):
                    switch(flag, flag["arg"], "no-" + flag["arg"])

    def method(self, parser, name, node, words):
        if name == "add_argument":
            parser.add(self.argument(node, words))
        elif name in ("add_argument_group", "add_mutually_exclusive_group"):
            return parser
        elif name in ("add_subparsers", "add_subcommands"):
            return Commands(parser)
        elif name in ("parse_args", "parse_known_args", "parse_intermixed_args", "parse_known_intermixed_args"):
            parser.parsed = True
        elif name == "parse_args_into_dataclasses":
            parser.parsed = True
        elif name == "set_defaults":
            for word, value in words.items():
                found = value_of(value, self.names)
                if found is not UNKNOWN:
                    parser.defaults[word] = found
        elif name in ("add_arguments", "add_class_arguments", "add_dataclass_arguments") and node.args:
            self.dataclass(parser, last(node.args[0]), "")
        elif name == "add_function_arguments" and dotted(node.args[0]) in self.at.functions:
            for flag in signature_flags(self.at, self.at.functions[dotted(node.args[0])]):
                parser.add(flag)
        else:
            self.enter_function(node, [self.run(arg) for arg in node.args], {k: self.run(v) for k, v in words.items()})
        return None

    def subparser(self, commands, node, words):
        name = value_of(node.args[0], self.names)
        parser = self.made(node, words)
        if isinstance(name, str):
            commands.parser.commands[name] = parser
            for alias in value_of(words["aliases"], self.names) if "aliases" in words else []:
                commands.parser.commands[alias] = parser
        return parser

    def enter_function(self, node, args, named):
        """Follows a call of a function that stands in this module or one beside it."""
        module, name = self.at, last(node)
        function = module.functions.get(name)
        if kind(node.func) == "Name" and function is None and name in module.classes:
            return None
        if function is None:
            head = dotted(node.func).split(".")[0]
            found = module.neighbour(head)
            if found is None:
                return None
            module = found[0]
            self.enter(module)
            name = name if found[1] is None or "." in dotted(node.func) else found[1]
            if "." in dotted(node.func) and found[1] is None and dotted(node.func).count(".") == 1 and name in METHODS:
                return None
            function = module.functions.get(name)
        key = (module.path, name, tuple(id(one) for one in args))
        if function is None or key in self.walker.entered or len(self.walker.entered) > 300:
            return None
        self.walker.entered.append(key)
        own, names = {}, dict(module.names)
        triples = parameters(function)
        for (parameter, _, default, _), arg in zip(triples, args + [None] * len(triples)):
            arg = arg if arg is not None else named.get(parameter)
            if arg is not None:
                own[parameter] = arg
            if default is not None:
                names[parameter] = value_of(default, module.names)
        for (parameter, _, _, _), value in zip(triples, node.args):
            found = value_of(value, self.names)
            if found is not UNKNOWN:
                names[parameter] = found
        frame = Frame(self.walker, module, own, names, module.parsers)
        frame.block(function.body)
        return frame.returned

    def argument(self, node, words):
        """One add_argument as a flag; None for what is none: help, versions, names that are computed."""
        for word in node.keywords:
            if word.arg is None:
                more = word.value
                if kind(more) == "Dict" and all(key is not None for key in more.keys):
                    words = dict({value_of(key, {}): value for key, value in zip(more.keys, more.values)}, **words)
        options = [value_of(arg, self.names) for arg in node.args]
        if not options or not all(isinstance(option, str) and option for option in options):
            return None
        action = value_of(words["action"], self.names) if "action" in words else "store"
        if kind(words.get("action")) in ("Name", "Attribute") and last(words["action"]) == "BooleanOptionalAction":
            action = "optional"
        if action in ("help", "version", "count", "append_const", "extend_const"):
            return None
        long = [option for option in options if option.startswith("--")]
        option = (long or options)[0]
        flag = {"name": option.lstrip("-"), "line": node.lineno}
        dest = value_of(words["dest"], self.names) if "dest" in words else None
        flag["dest"] = dest if isinstance(dest, str) else flag["name"].replace("-", "_")
        if not option.startswith("-"):
            flag["position"] = True
        elif not long:
            flag["arg"] = option
        flag["also"] = [one.lstrip("-") for one in options if one.startswith("-") and one != option]
        self.type_of(flag, words.get("type"))
        if "default" in words:
            if last(words["default"]) == "SUPPRESS":
                pass
            else:
                give_default(flag, words["default"], self.at, self.names)
        self.action_of(flag, action, option.lstrip("-") if long else option)
        if flag.get("custom") and isinstance(flag.get("default"), bool):
            flag["type"], flag["words"] = "boolean", True
        flag.pop("custom", None)
        if "choices" in words:
            values = value_of(words["choices"], self.names)
            give_choices(flag, values if values is not UNKNOWN else enum_values(self.at, self.enum_name(words["choices"])))
        nargs = value_of(words["nargs"], self.names) if "nargs" in words else None
        if nargs in ("+", "*") or (isinstance(nargs, int) and nargs > 1) or action in ("append", "extend"):
            flag["split"] = True
            flag["repeat"] = action == "append"
        if nargs in ("?", "*") and flag.get("position"):
            flag["optional"] = True
        required = value_of(words["required"], self.names) if "required" in words else False
        if required is True or (flag.get("position") and not flag.get("optional") and "default" not in flag):
            flag["required"] = True
        if last(words["help"]) != "SUPPRESS" if "help" in words else False:
            give_text(flag, "description", words["help"], self.names)
        return flag

    def enum_name(self, node):
        """The enumeration in list(Color), [c.value for c in Color], Color."""
        names = [one.id for one in ast.walk(node) if kind(one) == "Name" and one.id in self.at.classes]
        return names[0] if names else ""

    def type_of(self, flag, node):
        if node is None:
            return
        name = last(node)
        if kind(node) in ("Name", "Attribute", "Call") and name in TYPES:
            flag["type"] = TYPES[name]
            return
        values = enum_values(self.at, name)
        if values is not None:
            give_choices(flag, values)
            return
        text = source_of(node, self.at.lines).lower() if kind(node) == "Lambda" else name.lower()
        if "bool" in text or "true" in text:
            flag["type"], flag["words"] = "boolean", True
        flag["custom"] = True

    def action_of(self, flag, action, option):
        if action == "store_true":
            switch(flag, option, None)
        elif action == "store_false":
            flag.setdefault("default", True)
            switch(flag, None, option)
        elif action == "store_const":
            flag.pop("default", None)
            flag.pop("computed", None)
            switch(flag, option, None)
        elif action == "optional":
            default = flag.get("default")
            switch(flag, option, "no-" + option)
            if default is None:
                del flag["default"]


CLASSES_OF_PARSERS = ("ArgumentParser", "HfArgumentParser", "TrlParser", "ArgParser", "LightningArgumentParser", "FlexibleArgumentParser",
                      "ConfigArgumentParser", "YamlConfigArgumentParser", "RichArgumentParser")
METHODS = ("parse_args", "parse_known_args")
`;
