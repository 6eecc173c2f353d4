import { expect, test } from "vitest";
import { personName } from "../../src/domain/people/person-form.ts";

test("a name may be in any script, and may not turn the text around it", () => {
  for (const name of ["Zoë O’Brien", "محمد", "김지수", "Nguyễn Thị"]) expect(personName.safeParse(name).success).toBe(true);
  for (const name of ["Ann\u202Egnp", "Ann\u2066x", "Ann\nRep", ""]) expect(personName.safeParse(name).success).toBe(false);
});
