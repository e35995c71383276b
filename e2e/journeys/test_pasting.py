"""What people paste and drag: words stay words, and only files are offered as files."""

from playwright.sync_api import expect

from e2e.people import People


def test_cells_of_a_spreadsheet_are_pasted_as_words(people: People) -> None:
    customer, console = people.session()
    customer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    customer.page.evaluate(
        """async () => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 4, height: 4 });
          canvas.getContext("2d").fillRect(0, 0, 4, 4);
          const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
          const cells = new Blob(["cells 1"], { type: "text/plain" });
          const table = new Blob(["<table><tr><td>cells 1</td></tr></table>"], { type: "text/html" });
          await navigator.clipboard.write([
            new ClipboardItem({ "text/plain": cells, "text/html": table, "image/png": picture })]);
        }"""
    )
    customer.talk.box.click()
    customer.page.keyboard.press("Control+V")
    expect(customer.talk.box).to_have_value("cells 1")
    customer.page.keyboard.press("Enter")
    console.talk.has("cells 1")
    expect(console.talk.accept_file).to_have_count(0)


def test_selected_words_can_be_dragged_into_the_box(people: People) -> None:
    customer, console = people.session()
    console.talk.say("reference-4711")
    customer.talk.has("reference-4711")
    words = customer.talk.entries("reference-4711").locator(".text")
    words.dblclick()
    at = words.bounding_box()
    to = customer.talk.box.bounding_box()
    assert at and to
    customer.page.evaluate("""() => getSelection().selectAllChildren(document.querySelector(".entry.message .text"))""")
    mouse = customer.page.mouse
    mouse.move(at["x"] + 20, at["y"] + at["height"] / 2)
    mouse.down()
    mouse.move(at["x"] + 40, at["y"] + at["height"], steps=5)
    mouse.move(to["x"] + 40, to["y"] + to["height"] / 2, steps=10)
    expect(customer.page.get_by_text("Drop files to send them")).to_have_count(0)
    mouse.up()
    expect(customer.talk.box).to_have_value("reference-4711")


def test_a_file_beside_the_conversation_does_not_replace_the_page(people: People) -> None:
    customer, console = people.session()
    for person in (customer, console):
        prevented = person.page.evaluate(
            """() => ["dragover", "drop"].map((kind) => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File(["x"], "a.txt"));
              const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer });
              document.querySelector("header").dispatchEvent(event);
              return event.defaultPrevented;
            })"""
        )
        assert prevented == [True, True]
    expect(console.talk.accept_file).to_have_count(0)
    expect(customer.talk.accept_file).to_have_count(0)


def test_a_pasted_log_of_a_megabyte_is_refused_and_stays_whole(people: People) -> None:
    # Long lines: to select a hundred thousand short ones takes Chromium itself minutes.
    line = "12:00:01 " + "what a program has to say " * 40 + "\n"
    log = line * (1_000_000 // len(line))
    customer, console = people.session()
    for person, other in ((customer, console), (console, customer)):
        person.page.bring_to_front()
        person.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        person.page.evaluate("(log) => navigator.clipboard.writeText(log)", log)
        person.talk.box.click()
        person.page.keyboard.press("Control+V")
        person.page.keyboard.press("Enter")
        expect(person.page.get_by_text("120000+ characters")).to_be_visible()
        person.page.keyboard.press("!")
        expect(person.talk.box).to_have_js_property("value", log + "!")
        person.page.keyboard.press("Control+A")
        person.page.keyboard.insert_text(f"shorter, says {person.name}")
        person.page.keyboard.press("Enter")
        other.talk.has(f"shorter, says {person.name}")


def test_a_box_has_the_direction_of_its_first_letter(people: People) -> None:
    customer, _console = people.session()
    box = customer.talk.box
    for text, direction in (("12: مرحبا", "rtl"), ("12: hello", "ltr"), ("مرحبا hello", "rtl"), ("12", "ltr")):
        box.fill(text)
        expect(box).to_have_css("direction", direction)
