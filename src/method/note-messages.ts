/**
 * The messages of the notes' connection, spoken by server and browser alike. A message is one binary frame:
 * a byte that says what it is, a byte that says which document (0 shared, 1 private), then the rest.
 *
 * what | from | rest
 * state | both | state vector: "this is what I have; send what I lack"
 * lack | server | an update with everything the state vector lacked
 * write | browser | 4 bytes number, update: stored, then answered by `stored` with the number
 * stored | server | 4 bytes number: committed to the database
 * changed | server | an update somebody else wrote; empty when it was too large to pass on: ask for what is lacking
 * cursors | both | awareness: cursors and names, never stored
 * locked | server | the meeting is closed: nothing more is written
 */
export const what = { state: 0, lack: 1, write: 2, stored: 3, changed: 4, cursors: 5, locked: 6 } as const;
export type What = keyof typeof what;
export type NoteDoc = "shared" | "private";

const names = Object.keys(what) as What[];

export interface Message {
  what: What;
  doc: NoteDoc;
  rest: Uint8Array;
}

/** Reads one frame; undefined when it is none of ours. */
export function readMessage(frame: Uint8Array): Message | undefined {
  const name = names[frame[0] ?? -1];
  if (!name || frame.length < 2 || (frame[1] ?? 2) > 1) return undefined;
  return { what: name, doc: frame[1] === 1 ? "private" : "shared", rest: frame.subarray(2) };
}

export function writeMessage(name: What, doc: NoteDoc, rest: Uint8Array = new Uint8Array()): Uint8Array {
  const frame = new Uint8Array(rest.length + 2);
  frame[0] = what[name];
  frame[1] = doc === "private" ? 1 : 0;
  frame.set(rest, 2);
  return frame;
}

/** A write carries its number in front; returns number and update, or undefined when too short. */
export function readNumbered(rest: Uint8Array): { number: number; update: Uint8Array } | undefined {
  if (rest.length < 4) return undefined;
  return { number: new DataView(rest.buffer, rest.byteOffset, 4).getUint32(0), update: rest.subarray(4) };
}

export function writeNumbered(number: number, update: Uint8Array = new Uint8Array()): Uint8Array {
  const rest = new Uint8Array(update.length + 4);
  new DataView(rest.buffer).setUint32(0, number);
  rest.set(update, 4);
  return rest;
}
