/** An error whose message is for the person at the terminal or in the browser: one clear sentence, no stack. */
export class PlainError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = "PlainError";
    this.hint = hint;
  }
}
