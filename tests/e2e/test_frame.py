"""Does the keyboard reach the content of a page before its menu?"""

from tests.factories import EditionFactory


def test_keyboard_reaches_the_content_first(page):
    EditionFactory()
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "contenu"


def test_faults_of_one_look_are_told_with_their_look(page, axe, rendered):
    page.goto("/contact/")
    rendered.add("seen on no other page")

    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`
                @media (prefers-color-scheme: dark) { h1 { color: var(--sheet) } }
                @media (width < 400px) { h1 { width: 200vw } }`);
            document.adoptedStyleSheets.push(sheet);
        }"""
    )

    assert [fault.split(":")[0] for fault in axe(page)] == [
        "small, wider than its window",
        "small dark, color-contrast",
        "laptop dark, color-contrast",
    ]
