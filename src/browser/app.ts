import "@hotwired/turbo";
import "./autosave.ts";
import "./live.ts";
import "./keep-typing.ts";
import "./late-notes.ts";
import "./copy-button.ts";
import "./own-zone.ts";
import "./preview.ts";
