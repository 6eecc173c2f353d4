/** A change that cannot be made as asked: one sentence for the person who asked, and the field it is about. */
export class Refusal extends Error {
  readonly code = "refused";
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.field = field;
  }
}
