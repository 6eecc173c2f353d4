import "./room/kept-note.ts";
import "./room/kept-note-state.ts";
import "./room/kept-timer.ts";
import "./room/kept-focus.ts";
import "./room/keys.ts";
import "./room/enter-submits.ts";
