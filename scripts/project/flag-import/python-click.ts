/** Fifth part of the flag reader: click, typer and absl, whose flags stand in decorators, signatures and single calls. */
export const pythonClick = `
def click_parser(module):
    """The options of click commands and groups; None where the module has none."""
    commands = {}
    for function in (node for node in ast.walk(module.tree) if kind(node) in ("FunctionDef", "AsyncFunctionDef")):
        role, owner, name, parser = None, "", None, Parser()
        for decorator in function.decorator_list:
            decorator = assigned_decorator(decorator, module)
            what = last(decorator)
            if what in ("command", "group"):
                role, owner = what, dotted(decorator.func if kind(decorator) == "Call" else decorator).split(".")[0]
                if kind(decorator) == "Call":
                    words = options_of(decorator)
                    given = decorator.args[0] if decorator.args else words.get("name")
                    name = value_of(given, module.names) if given is not None else None
                    context = value_of(words["context_settings"], module.names) if "context_settings" in words else None
                    parser.open = isinstance(context, dict) and context.get("ignore_unknown_options") is True
            elif what in ("option", "argument") and kind(decorator) == "Call":
                parser.add(click_flag(decorator, what, module))
        if role is not None:
            commands[function.name] = (role, owner, name if isinstance(name, str) else None, parser)
    if not commands:
        return None
    for function, (role, owner, name, parser) in commands.items():
        if owner in commands and owner != function:
            commands[owner][3].commands[name or click_name(function)] = parser
    for node in ast.walk(module.tree):
        if kind(node) == "Call" and last(node) == "add_command" and node.args and kind(node.func) == "Attribute":
            group, below = dotted(node.func.value), dotted(node.args[0])
            if group in commands and below in commands:
                commands[group][3].commands[commands[below][2] or click_name(below)] = commands[below][3]
    called = [last(node) for node in ast.walk(module.tree) if kind(node) == "Call" and kind(node.func) == "Name"]
    groups = [one for one in commands if commands[one][0] == "group" and commands[one][1] not in commands]
    chosen = [one for one in called if one in commands] or groups or list(commands)
    return commands[chosen[-1]][3]


def click_name(function):
    return function.lower().replace("_", "-")


def assigned_decorator(node, module):
    """@seed_option, where seed_option = click.option(...) stands at the top level."""
    if kind(node) == "Name":
        for statement in module.tree.body:
            for target, value in assignments(statement):
                if target == node.id and kind(value) == "Call":
                    return value
    return node


def click_flag(call, what, module):
    words = options_of(call)
    names = [value_of(arg, module.names) for arg in call.args]
    names = [name for name in names if isinstance(name, str)]
    if not names:
        return None
    on, off = names[0], None
    options = [name for name in names if name.startswith("-")]
    pairs = [name for name in options if "/" in name]
    if pairs:
        on, off = [part.strip() for part in pairs[0].split("/", 1)]
    elif options:
        on = next((name for name in options if name.startswith("--")), options[0])
    flag = {"name": on.lstrip("-"), "line": call.lineno}
    flag["dest"] = next((name for name in names if not name.startswith("-")), flag["name"].replace("-", "_"))
    flag["also"] = [name.lstrip("-") for name in options if name != on and "/" not in name]
    if what == "argument":
        flag["position"] = True
    elif not on.startswith("--"):
        flag["arg"] = on
    click_type(flag, words.get("type"), module)
    if "default" in words:
        give_default(flag, words["default"], module, module.names)
    if off is not None:
        had = "default" in flag or "computed" in flag
        switch(flag, on.lstrip("-"), off.lstrip("-"))
        if not had:
            flag["default"] = False
    elif true_word(words, "is_flag", module):
        if flag.get("default") is True:
            switch(flag, None, on.lstrip("-"))
        else:
            switch(flag, on.lstrip("-"), None)
    elif "type" not in flag and "choices" not in flag and "default" in flag:
        by_value = {"bool": "boolean", "int": "int", "float": "float", "str": "string"}
        flag["type"] = by_value.get(type(flag["default"]).__name__, "auto")
    if true_word(words, "count", module):
        return None
    nargs = value_of(words["nargs"], module.names) if "nargs" in words else 1
    if true_word(words, "multiple", module) or (isinstance(nargs, int) and nargs != 1):
        flag["split"] = True
        flag["repeat"] = "multiple" in words
    optional = value_of(words["required"], module.names) is False if "required" in words else False
    if true_word(words, "required", module) or (what == "argument" and not optional and "default" not in flag and nargs != -1):
        flag["required"] = True
    give_text(flag, "description", words.get("help"), module.names)
    return flag


def true_word(words, name, module):
    return name in words and value_of(words[name], module.names) is True


def click_type(flag, node, module):
    if node is None:
        return
    name = last(node)
    if kind(node) == "Call" and name == "Choice" and node.args:
        values = value_of(node.args[0], module.names)
        give_choices(flag, values if values is not UNKNOWN else enum_values(module, last(node.args[0]), True))
        return
    if kind(node) == "Call" and name == "Path" and "click" in dotted(node.func) or name == "Path":
        exists = kind(node) == "Call" and true_word(options_of(node), "exists", module)
        flag["type"] = "existing-path" if exists else "path"
        return
    if name in TYPES:
        flag["type"] = TYPES[name]
    if name in ("IntRange", "FloatRange") and kind(node) == "Call":
        words = options_of(node)
        for key, at in (("min", 0), ("max", 1)):
            given = words.get(key, node.args[at] if len(node.args) > at else None)
            found = value_of(given, module.names) if given is not None else None
            if isinstance(found, (int, float)):
                flag[key] = found


def typer_parser(module):
    """The parameters of typer commands; None where the module has none."""
    commands, group = {}, Parser()
    for function in (node for node in ast.walk(module.tree) if kind(node) in ("FunctionDef", "AsyncFunctionDef")):
        for decorator in function.decorator_list:
            what = last(decorator)
            if what in ("command", "callback"):
                given = decorator.args[0] if kind(decorator) == "Call" and decorator.args else None
                name = value_of(given, module.names) if given is not None else None
                parser = Parser()
                for flag in typer_flags(module, function):
                    parser.add(flag)
                if what == "callback":
                    group = parser
                else:
                    commands[name if isinstance(name, str) else click_name(function.name)] = parser
    for node in ast.walk(module.tree):
        if kind(node) == "Call" and dotted(node.func) in ("typer.run", "run") and node.args and "typer" in module.imports:
            function = module.functions.get(dotted(node.args[0]))
            if function is not None:
                parser = Parser()
                for flag in typer_flags(module, function):
                    parser.add(flag)
                return parser
    if not commands:
        return None
    if len(commands) == 1 and not group.flags:
        return list(commands.values())[0]
    group.commands = commands
    return group


def typer_flags(module, function):
    flags = []
    for name, annotation, default, line in parameters(function):
        if last(annotation) in ("Context", "CallbackParam") if annotation is not None else False:
            continue
        flag = {"name": name.replace("_", "-"), "line": line, "dest": name}
        call = annotate(flag, annotation, module)
        if kind(default) == "Call" and last(default) in ("Option", "Argument"):
            call, default = default, default.args[0] if default.args else options_of(default).get("default")
            if default is not None and (kind(default) == "Ellipsis" or getattr(default, "value", 1) is Ellipsis):
                default = None
            missing = default is None
        else:
            missing = default is None
        words = options_of(call) if call is not None else {}
        what = last(call) if call is not None else "Argument" if missing else "Option"
        if not missing:
            enumerated = kind(default) == "Attribute" and dotted(default).split(".")[0] in module.classes
            give_default(flag, default.value if enumerated and default.attr == "value" else default, module, module.names)
        args = call.args if call is not None else []
        names = [value_of(arg, module.names) for arg in args]
        options = [one for one in names if isinstance(one, str) and one.startswith("-")]
        on, off = "--" + flag["name"], None
        if options:
            on = next((one for one in options if one.startswith("--")), options[0])
            if "/" in on:
                on, off = on.split("/", 1)
            flag["name"] = on.lstrip("-")
            if not on.startswith("--"):
                flag["arg"] = on
        if what == "Argument":
            flag["position"] = True
            flag["optional"] = not missing
        elif flag.get("type") == "boolean":
            switch(flag, on.lstrip("-"), off.lstrip("-") if off else None if options else "no-" + flag["name"])
        if missing:
            flag["required"] = True
        if flag.get("split") and what == "Option":
            flag["repeat"] = True
        for key in ("min", "max"):
            found = value_of(words[key], module.names) if key in words else None
            if isinstance(found, (int, float)):
                flag[key] = found
        if true_word(words, "exists", module) and flag.get("type") == "path":
            flag["type"] = "existing-path"
        give_text(flag, "description", words.get("help"), module.names)
        flags.append(flag)
    return flags


ABSL = {"float": "float", "integer": "int", "string": "string", "bool": "boolean", "boolean": "boolean", "enum": "string",
        "list": "string", "multi_integer": "int", "multi_string": "string", "multi_float": "float", "enum_class": "string"}


def absl_parser(module, walked=None):
    """flags.DEFINE_float(name, default, help) and its kin; None where the module has none."""
    parser = Parser()
    for node in ast.walk(module.tree):
        name = last(node) if kind(node) == "Call" else ""
        what = name[len("DEFINE_"):] if name.startswith("DEFINE_") else ""
        if what not in ABSL or len(node.args) < 2:
            continue
        words = options_of(node)
        option = value_of(node.args[0], module.names)
        if not isinstance(option, str):
            continue
        flag = {"name": option, "line": node.lineno, "dest": option, "type": ABSL[what]}
        give_default(flag, node.args[1], module, module.names)
        texts = node.args[2:]
        if what == "enum" and len(texts) > 0:
            give_choices(flag, value_of(texts[0], module.names))
            texts = texts[1:]
        give_text(flag, "description", texts[0] if texts else words.get("help"), module.names)
        if what in ("bool", "boolean"):
            switch(flag, option, "no" + option)
        if what.startswith("multi_"):
            flag["split"] = flag["repeat"] = True
        if what == "list" and isinstance(flag.get("default"), list):
            flag["default"] = ",".join(str(item) for item in flag["default"])
        for key, bound in (("min", "lower_bound"), ("max", "upper_bound")):
            found = value_of(words[bound], module.names) if bound in words else None
            if isinstance(found, (int, float)):
                flag[key] = found
        parser.add(flag)
    return parser if parser.flags else None
`;
