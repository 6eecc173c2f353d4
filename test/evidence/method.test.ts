import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GradeRules, prospectGrade, type RuleRow } from "../../src/method/prospect-grade.ts";
import { type TollStage, verifiedStage, verifiedStops } from "../../src/method/verified-stage.ts";

const toll = (id: string) => ({ verifierId: id, words: `Customer gave ${id}`, who: "" });
const stage = (name: string, ...tolls: string[]): TollStage => ({ stageId: name, name, tolls: tolls.map(toll) });
const process = [stage("Contacted", "meeting"), stage("Qualified", "data", "access"), stage("Proposal", "plan"), stage("Agreed")];
const paid = (...ids: string[]) => new Set(ids);

describe("the verified stage", () => {
  test("is the first one while nothing is paid, and names what is missing on the way to the stage claimed", () => {
    expect(verifiedStage(process, "Proposal", paid())).toMatchObject({
      verifiedName: "Contacted",
      aheadBy: 2,
      missing: [
        { verifierId: "meeting", stageName: "Contacted" },
        { verifierId: "data", stageName: "Qualified" },
        { verifierId: "access", stageName: "Qualified" },
      ],
      next: [{ verifierId: "meeting" }],
    });
  });

  test("claimed is ahead only of stages that ask something, and backed only where something was asked and given", () => {
    const free = [stage("Contacted"), stage("Qualified", "data"), stage("Proposal"), stage("Agreed", "plan"), stage("Signed")];
    expect(verifiedStage(free, "Agreed", paid())).toMatchObject({ verifiedName: "Qualified", aheadBy: 1, isBacked: false });
    expect(verifiedStage(free, "Signed", paid())).toMatchObject({ verifiedName: "Qualified", aheadBy: 2 });
    expect(verifiedStage(free, "Qualified", paid())).toMatchObject({ verifiedName: "Qualified", aheadBy: 0, isBacked: false });
    expect(verifiedStage(free, "Agreed", paid("data"))).toMatchObject({ verifiedName: "Agreed", aheadBy: 0, isBacked: true });
  });

  test("a later toll does not make up for an earlier one", () => {
    expect(verifiedStage(process, "Proposal", paid("data", "access", "plan"))).toMatchObject({ verifiedName: "Contacted", aheadBy: 2 });
  });

  test("one of two tolls is not enough, and only the other is named", () => {
    const found = verifiedStage(process, "Proposal", paid("meeting", "data"));
    expect(found).toMatchObject({ verifiedName: "Qualified", aheadBy: 1, missing: [{ verifierId: "access" }] });
    expect(found.missing).toHaveLength(1);
  });

  test("a deal at its first stage is never ahead", () => {
    expect(verifiedStage(process, "Contacted", paid())).toMatchObject({ verifiedName: "Contacted", aheadBy: 0, missing: [] });
  });

  test("evidence carries a deal beyond the stage claimed, a stage without tolls does not", () => {
    expect(verifiedStage(process, "Contacted", paid("meeting", "data", "access"))).toMatchObject({ verifiedName: "Proposal", aheadBy: 0 });
    const free = [stage("Contacted"), stage("Qualified"), stage("Proposal", "plan"), stage("Agreed")];
    expect(verifiedStage(free, "Contacted", paid())).toMatchObject({ verifiedName: "Contacted" });
    expect(verifiedStage(free, "Proposal", paid())).toMatchObject({ verifiedName: "Proposal", aheadBy: 0 });
  });

  test("a stage that is not in the process is never ahead, and says so", () => {
    expect(verifiedStage(process, "Legal review", paid("meeting"))).toMatchObject({
      verifiedName: "Qualified",
      aheadBy: 0,
      missing: [],
      inProcess: false,
    });
  });

  test("a process without stages is an error", () => {
    expect(() => verifiedStage([], "x", paid())).toThrow(RangeError);
  });

  const processes = fc
    .array(fc.nat(3), { minLength: 1, maxLength: 7 })
    .map((tolls) => tolls.map((count, s) => stage(`s${s}`, ...Array.from({ length: count }, (_, v) => `s${s}v${v}`))));
  const situation = processes.chain((stages) =>
    fc.record({
      stages: fc.constant(stages),
      claimed: fc.nat(stages.length - 1),
      paid: fc.subarray(stages.flatMap(({ tolls }) => tolls.map(({ verifierId }) => verifierId))).map((ids) => new Set(ids)),
    }),
  );

  test("every earlier toll of it is paid, and what is missing would close the gap", () => {
    fc.assert(
      fc.property(situation, ({ stages, claimed, paid: has }) => {
        const found = verifiedStage(stages, `s${claimed}`, has);
        const at = stages.findIndex(({ stageId }) => stageId === found.verifiedStageId);
        for (const { tolls } of stages.slice(0, at)) for (const { verifierId } of tolls) expect(has.has(verifierId)).toBe(true);
        const asking = stages.slice(at, Math.max(at, claimed)).filter(({ tolls }) => tolls.length > 0);
        expect(found.aheadBy).toBe(asking.length);
        expect(found.aheadBy > 0).toBe(claimed > at);
        expect(found.missing.length > 0).toBe(found.aheadBy > 0);
        const all = new Set([...has, ...found.missing.map(({ verifierId }) => verifierId)]);
        expect(verifiedStage(stages, `s${claimed}`, all).aheadBy).toBe(0);
      }),
    );
  });

  test("the stops told beforehand lead to the same stage, whatever is paid", () => {
    const claims = situation.chain((given) => fc.record({ given: fc.constant(given), out: fc.boolean(), former: fc.boolean() }));
    fc.assert(
      fc.property(claims, ({ given: { stages, claimed, paid: has }, out, former }) => {
        const marked = stages.map((one, at) => (former && at === claimed ? { ...one, isFormer: true } : one));
        const claim = out ? "elsewhere" : `s${claimed}`;
        const found = verifiedStage(marked, claim, has);
        const stop = verifiedStops(marked, claim).find(({ unless }) => unless === null || !unless.every((id) => has.has(id)));
        expect(stop).toMatchObject({ stageId: found.verifiedStageId, aheadBy: found.aheadBy });
      }),
    );
  });

  test("a stage taken out of the process asks for nothing and still compares", () => {
    const [contacted, qualified, proposal, agreed] = process;
    if (!contacted || !qualified || !proposal || !agreed) throw new Error("four stages");
    const without = [contacted, qualified, { ...proposal, isFormer: true }, agreed];
    const backed = verifiedStage(without, "Proposal", paid("meeting", "data", "access"));
    expect(backed).toMatchObject({ verifiedName: "Proposal", aheadBy: 0, next: [], inProcess: false, wasInProcess: true });
    expect(verifiedStage(without, "Proposal", paid("meeting"))).toMatchObject({ verifiedName: "Qualified", aheadBy: 1 });
    expect(verifiedStage(without, "Proposal", paid("meeting", "data", "access", "plan"))).toMatchObject({ verifiedName: "Agreed" });
  });

  test("more evidence never takes a deal back", () => {
    fc.assert(
      fc.property(situation, fc.nat(), ({ stages, claimed, paid: has }, pick) => {
        const ids = stages.flatMap(({ tolls }) => tolls.map(({ verifierId }) => verifierId));
        const more = new Set([...has, ...ids.slice(pick % (ids.length + 1)).slice(0, 1)]);
        const place = (some: ReadonlySet<string>) =>
          stages.findIndex(({ stageId }) => stageId === verifiedStage(stages, `s${claimed}`, some).verifiedStageId);
        expect(place(more)).toBeGreaterThanOrEqual(place(has));
      }),
    );
  });
});

const rules = (A: RuleRow[], B: RuleRow[] = [], C: RuleRow[] = []): GradeRules => ({ A, B, C });
const prospect = { stage: 2, verifiedStage: 1, closesInDays: 20, amountMinor: 500_000, quietDays: 3 };
const isA = (rows: RuleRow[]) => prospectGrade(rules(rows), prospect) === "A";

describe("A, B or C", () => {
  test("is the first whose conditions all hold", () => {
    const some = rules(
      [
        { field: "verified stage", stage: 2 },
        { field: "closes within", days: 30 },
      ],
      [{ field: "stage", stage: 2 }],
    );
    expect(prospectGrade(some, prospect)).toBe("B");
    expect(prospectGrade(some, { ...prospect, verifiedStage: 2 })).toBe("A");
    expect(prospectGrade(some, { ...prospect, verifiedStage: 2, closesInDays: 31 })).toBe("B");
    expect(prospectGrade(some, { ...prospect, stage: 0 })).toBe("C");
  });

  test("A is nobody until it has a rule, and C is everybody left until it has one", () => {
    expect(prospectGrade(rules([]), prospect)).toBe("C");
    expect(prospectGrade(rules([], [], [{ field: "amount", minor: 600_000 }]), prospect)).toBeNull();
  });

  test("what is not known does not hold", () => {
    expect(prospectGrade(rules([{ field: "closes within", days: 30 }]), { ...prospect, closesInDays: null })).toBe("C");
    expect(prospectGrade(rules([{ field: "amount", minor: 1 }]), { ...prospect, amountMinor: null })).toBe("C");
    expect(prospectGrade(rules([{ field: "stage", stage: 0 }]), { ...prospect, stage: null, verifiedStage: null })).toBe("C");
  });

  test("a day that has passed is within any number of days, and one condition more never makes a better grade", () => {
    expect(prospectGrade(rules([{ field: "closes within", days: 0 }]), { ...prospect, closesInDays: -4 })).toBe("A");
    const row: fc.Arbitrary<RuleRow> = fc.oneof(
      fc.record({ field: fc.constantFrom("stage" as const, "verified stage" as const), stage: fc.nat(5) }),
      fc.record({ field: fc.constant("backed" as const) }),
      fc.record({ field: fc.constantFrom("closes within" as const, "changed within" as const), days: fc.nat(90) }),
      fc.record({ field: fc.constant("amount" as const), minor: fc.nat(1_000_000) }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), row, (A, more) => {
        expect(isA([...A, more]) && !isA(A)).toBe(false);
      }),
    );
  });

  test("where nothing is asked of the customer the stage claimed stands for the verified one", () => {
    expect(prospectGrade(rules([{ field: "verified stage", stage: 2 }]), { ...prospect, verifiedStage: null })).toBe("A");
  });
});
