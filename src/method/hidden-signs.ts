/** Signs that turn the direction of whatever stands after them: embeddings, overrides and isolates. Marks within words are none. */
const turns = /[\u202A-\u202E\u2066-\u2069]/;

/**
 * Whether a text holds a sign that nobody sees and that turns the direction of what stands around it.
 *
 * @param text any text
 */
export const hasHiddenTurn = (text: string): boolean => turns.test(text);

/**
 * The text without them: programs put them before what is copied out of them.
 *
 * @param text any text
 */
export const withoutHiddenTurns = (text: string): string => (turns.test(text) ? text.replaceAll(new RegExp(turns, "g"), "") : text);
