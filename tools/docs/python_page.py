"""The Python reference, made from the package's own words: what is public, with its types and what
it says of itself. Nothing is imported, so no library has to be there."""
import ast
import inspect
import os

OPENING = """# Python

What `import rollcall` gives, in the words of the package. [Use it from
Python](../guides/use-from-python.md) shows how.
"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return ast.parse(file.read())


def public_names(module):
    """__all__, in its order."""
    for node in module.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return ast.literal_eval(node.value)
    raise SystemExit("python_page: the package has no __all__")


def words_of(node):
    """A docstring as Markdown: what is indented is code."""
    out, code = [], []
    for line in (inspect.cleandoc(ast.get_docstring(node) or "") + "\n").split("\n"):
        if line.startswith("    ") or (code and not line and out[-1:] != [""]):
            code.append(line[4:])
            continue
        if code:
            out += ["```python", *code, "```", ""]
            code = []
        out.append(line)
    return "\n".join(out).strip()


def signature(node, name):
    arguments = ast.unparse(node.args)
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{name}({arguments}){returns}"


def is_shown(node):
    return not node.name.startswith("_") and not any(
        ast.unparse(each) in ("overload", "typing.overload") or
        ast.unparse(each).endswith(".setter") for each in node.decorator_list)


def fields_of(node):
    """Annotated names and those of an enum, with what a comment beside them cannot say here."""
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and not each.target.id.startswith("_"):
            value = f" = {ast.unparse(each.value)}" if each.value else ""
            yield f"{each.target.id}: {ast.unparse(each.annotation)}{value}"
        elif isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            if not each.targets[0].id.startswith("_"):
                yield f"{each.targets[0].id} = {ast.unparse(each.value)}"


def class_page(node):
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    head = f"```python\nclass {node.name}({bases})\n```" if bases else ""
    made = [f"## {node.name}\n", head, words_of(node)]
    fields = list(fields_of(node))
    if len(fields) > 60:
        fields = [*fields[:20], "..."]
    if fields:
        made.append("```python\n" + "\n".join(fields) + "\n```")
    for each in node.body:
        if not isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if each.name == "__init__":
            made.append(f"```python\n{signature(each, node.name)}\n```\n\n{words_of(each)}")
        elif is_shown(each):
            is_property = any(ast.unparse(by) == "property" for by in each.decorator_list)
            returns = f": {ast.unparse(each.returns)}" if each.returns else ""
            head = f"{each.name}{returns}" if is_property else signature(each, each.name)
            made.append(f"```python\n{head}\n```\n\n{words_of(each)}")
    return made


def module_of(folder, name):
    return read(os.path.join(folder, name + ".py"))


def page(folder):
    package = read(os.path.join(folder, "__init__.py"))
    names = public_names(package)
    where = {}
    for node in package.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                where[each.name] = node.module
    made = [OPENING.rstrip(), words_of(package)]
    for name in names:
        if name not in where:
            module = module_of(folder, name)
            made += [f"## {name}", words_of(module)]
            for node in module.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    made += [part.replace("## ", f"### {name}.", 1) if part.startswith("## ")
                             else part for part in class_page(node)]
                elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and is_shown(node):
                    head = signature(node, f"{name}.{node.name}")
                    made.append(f"```python\n{head}\n```\n\n{words_of(node)}")
            continue
        found = [node for node in module_of(folder, where[name]).body
                 if getattr(node, "name", "") == name]
        for node in found[-1:]:
            if isinstance(node, ast.ClassDef):
                made += class_page(node)
            else:
                made += [f"## {name}", f"```python\n{signature(node, name)}\n```", words_of(node)]
        if not found:
            made.append(f"## {name}")
    return "\n\n".join(part for part in made if part) + "\n"
