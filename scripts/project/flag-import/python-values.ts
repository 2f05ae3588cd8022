/** First part of the flag reader: what an expression of a script is worth, without running it. Python 3.6 and later. */
export const pythonValues = `
import ast, json, os, sys


class Unknown:
    """The value of an expression that only the program itself can compute."""


UNKNOWN = Unknown()
SCALARS = (bool, int, float, str)


def kind(node):
    return type(node).__name__


def dotted(node):
    """a.b.c as text; the last name of anything else; empty for what has no name."""
    if kind(node) == "Name":
        return node.id
    if kind(node) == "Attribute":
        head = dotted(node.value)
        return head + "." + node.attr if head else node.attr
    if kind(node) in ("Subscript", "Starred"):
        return dotted(node.value)
    return ""


def last(node):
    return dotted(node.func if kind(node) == "Call" else node).split(".")[-1]


def source_of(node, lines):
    """The text of an expression as it stands in the script, at most 80 letters of its first line."""
    line = lines[node.lineno - 1] if node.lineno <= len(lines) else ""
    end = getattr(node, "end_col_offset", None) if getattr(node, "end_lineno", None) == node.lineno else None
    raw = line.encode("utf-8")[node.col_offset:end]
    return raw.decode("utf-8", "replace").strip()[:80]


def calculated(op, left, right):
    numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
    if op == "Add" and (numbers or (type(left) is type(right) and isinstance(left, (str, list)))):
        return left + right
    if op == "Mult" and isinstance(left, list) and isinstance(right, int) and len(left) * right <= 1000:
        return left * right
    if not numbers:
        return UNKNOWN
    if op == "Sub":
        return left - right
    if op == "Mult":
        return left * right
    if op == "Div":
        return left / right
    if op == "FloorDiv":
        return left // right
    if op == "Mod":
        return left % right
    if op == "Pow" and abs(left) < 1e6 and abs(right) < 64:
        return left ** right
    if op == "LShift" and isinstance(left, int) and isinstance(right, int) and 0 <= right < 64:
        return left << right
    return UNKNOWN


def value_of(node, names):
    """The constant that an expression is, or UNKNOWN. Tuples are lists; a dict may hold UNKNOWN values."""
    try:
        value = constant(node, names)
    except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return UNKNOWN
    return UNKNOWN if isinstance(value, complex) else value


def constant(node, names):
    what = kind(node)
    if what in ("Constant", "NameConstant"):
        return node.value if node.value is None or isinstance(node.value, SCALARS) else UNKNOWN
    if what == "Num":
        return node.n
    if what == "Str":
        return node.s
    if what in ("Name", "Attribute"):
        return names.get(dotted(node), UNKNOWN)
    if what == "UnaryOp":
        value = value_of(node.operand, names)
        if kind(node.op) == "Not":
            return UNKNOWN if value is UNKNOWN else not value
        if not isinstance(value, (int, float)):
            return UNKNOWN
        return -value if kind(node.op) == "USub" else value if kind(node.op) == "UAdd" else UNKNOWN
    if what == "BinOp":
        return calculated(kind(node.op), value_of(node.left, names), value_of(node.right, names))
    if what in ("List", "Tuple", "Set"):
        items = [value_of(item, names) for item in node.elts]
        return UNKNOWN if any(item is UNKNOWN for item in items) else items
    if what == "Dict":
        keys = [value_of(key, names) if key is not None else UNKNOWN for key in node.keys]
        if not all(isinstance(key, SCALARS) for key in keys):
            return UNKNOWN
        return {key: value_of(item, names) for key, item in zip(keys, node.values)}
    if what == "JoinedStr":
        parts = [value_of(part.value if kind(part) == "FormattedValue" else part, names) for part in node.values]
        return UNKNOWN if any(part is UNKNOWN for part in parts) else "".join(str(part) for part in parts)
    if what == "Subscript":
        index = node.slice.value if kind(node.slice) == "Index" else node.slice
        return value_of(node.value, names)[value_of(index, names)]
    if what == "Call":
        return called(node, names)
    return UNKNOWN


def called(node, names):
    """The few calls that are worth the same whoever calls them."""
    name = dotted(node.func)
    if name.endswith(".keys") and not node.args:
        found = value_of(node.func.value, names)
        return list(found) if isinstance(found, dict) else UNKNOWN
    args = [value_of(arg, names) for arg in node.args]
    if name == "dict" and not args:
        return {word.arg: value_of(word.value, names) for word in node.keywords if word.arg}
    if any(arg is UNKNOWN for arg in args) or node.keywords:
        return UNKNOWN
    if name in ("os.path.join", "path.join", "join") and args and all(isinstance(arg, str) for arg in args):
        return "/".join(args)
    if name.split(".")[-1] in ("Path", "PurePath") and all(isinstance(arg, str) for arg in args):
        return "/".join(args) if args else "."
    if name in ("list", "tuple", "sorted") and len(args) == 1 and isinstance(args[0], (list, dict)):
        return sorted(args[0]) if name == "sorted" else list(args[0])
    if name in ("int", "float", "str", "bool") and len(args) == 1 and isinstance(args[0], SCALARS):
        return {"int": int, "float": float, "str": str, "bool": bool}[name](args[0])
    if name == "range" and args and all(isinstance(arg, int) for arg in args) and len(range(*args)) <= 100:
        return list(range(*args))
    return UNKNOWN


def plain(value):
    """A value that a flag can have: null, a scalar that JSON knows, or a list of such; else UNKNOWN."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2 ** 53 else str(value)
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, list):
        items = [plain(item) for item in value]
        return UNKNOWN if any(item is UNKNOWN for item in items) else items
    return UNKNOWN
`;
