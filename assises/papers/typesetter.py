"""What does the process of one PDF do? A task in JSON comes in, the document goes out."""

import json
import resource
import sys

import typst

MOST_MEMORY = 2**30


def compile_task():
    """Compile what the standard input asks for; Typst itself has no limit."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    task = json.load(sys.stdin)
    pdf = typst.compile(
        task["template"],
        root=task["root"],
        sys_inputs={"data": task["data"]},
        pdf_standards=task["standards"],
        timestamp=task["at"],
        ignore_system_fonts=True,
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    try:
        compile_task()
    except typst.TypstError as error:
        sys.exit(str(error))
