import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import { StarterKit } from "@tiptap/starter-kit";
import type { NoteDoc } from "../../method/note-messages.ts";
import { connectionTo, type NotesConnection } from "./notes-connection.ts";

/** Colours travel with the cursor; the page draws them by class. */
const tones = { rep: "#2b5c94", manager: "#17694c" };

/** <kept-note meeting section doc="shared|private" owner name>: the editor of one section's notes. */
class KeptNote extends HTMLElement {
  #editor: Editor | undefined;
  #connection: NotesConnection | undefined;

  connectedCallback(): void {
    const { meeting = "", section = "", owner = "", doc = "shared" } = this.dataset;
    this.#connection = connectionTo(meeting, owner);
    void this.#connection.ready.then(() => this.isConnected && this.#open(section, doc as NoteDoc));
  }

  #open(section: string, kind: NoteDoc): void {
    const connection = this.#connection;
    if (!connection || this.#editor) return;
    const name = this.dataset.name ?? "";
    const tone = tones[this.dataset.side === "rep" ? "rep" : "manager"];
    const shared = kind === "shared";
    this.replaceChildren();
    this.#editor = new Editor({
      element: this,
      injectCSS: false,
      editable: connection.state !== "locked",
      extensions: [
        StarterKit.configure({ undoRedo: false, heading: false, codeBlock: false, link: false, trailingNode: false }),
        Collaboration.configure({ document: connection.docs[kind], field: section }),
        ...(shared
          ? [
              CollaborationCaret.configure({
                provider: { awareness: connection.awareness },
                user: { name, color: tone },
                render: caret,
                selectionRender: ({ color }) => ({ nodeName: "span", class: `selected ${color === tones.rep ? "present" : "future"}` }),
              }),
            ]
          : []),
      ],
      editorProps: {
        attributes: {
          class: "note-text",
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": this.getAttribute("aria-label") ?? "Notes",
        },
      },
    });
    if (!shared) connection.awareness.setLocalStateField("user", connection.awareness.getLocalState()?.user ?? { name, color: tone });
    connection.addEventListener("state", this.#lock);
  }

  #lock = (): void => {
    if (this.#connection?.state === "locked") this.#editor?.setEditable(false);
  };

  disconnectedCallback(): void {
    this.#connection?.removeEventListener("state", this.#lock);
    this.#editor?.destroy();
    this.#editor = undefined;
  }
}

/** A caret with its writer's name. Its colour is a class, for the strict style policy. */
function caret(user: { name?: string; color?: string }): HTMLElement {
  const cursor = document.createElement("span");
  cursor.className = `caret ${user.color === tones.rep ? "present" : "future"}`;
  const label = document.createElement("span");
  label.className = "caret-name";
  label.textContent = (user.name ?? "").split(" ")[0] ?? "";
  cursor.append(label);
  return cursor;
}

customElements.define("kept-note", KeptNote);
