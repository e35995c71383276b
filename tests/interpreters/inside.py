"""Runs inside the interpreter under test: each test function of a module, and what became of it."""


def trace_of(error: Exception) -> str:
    """The traceback as text, the way this interpreter gives one."""
    try:
        import io
        import sys

        buffer = io.StringIO()
        sys.print_exception(error, buffer)  # type: ignore[attr-defined]
        return buffer.getvalue()
    except Exception:
        import traceback

        return "".join(traceback.format_exception(error))


def run(name: str) -> "list[list[str]]":
    """Pairs of a test's name and "" or the traceback of its failure."""
    try:
        module = __import__(name, None, None, ["*"])
    except Exception as error:
        return [["import", trace_of(error)]]
    results = []
    for test in sorted(dir(module)):
        if not test.startswith("test_"):
            continue
        try:
            getattr(module, test)()
            results.append([test, ""])
        except Exception as error:
            results.append([test, trace_of(error)])
    return results
