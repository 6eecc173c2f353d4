import "@hotwired/turbo";
import "./autosave.ts";
import "./live.ts";
import "./copy-button.ts";
