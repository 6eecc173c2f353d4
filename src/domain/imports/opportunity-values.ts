import type { Named, StageRow } from "./import-lookups.ts";
import type { Value } from "./staging.ts";

/** An opportunity as a row of a file or of a call gives it, its words already fitted to what is here. */
export interface GivenOpportunity {
  externalId: string;
  name: string | null;
  /** Null where nothing is said: only a deal that is here already can go without. */
  ownerId: string | null;
  account: string | null;
  product: Named | null;
  stage: StageRow | null;
  amount: number | null;
  /** Null where nothing is said. */
  currency: string | null;
  /** ISO day and its instant. */
  closeDay: string | null;
  closeAt: number | null;
  createdAt: number | null;
  forecastCategory: string | null;
  nextStep: string | null;
}

export interface Timing {
  /** What is given is known from this instant, in milliseconds. */
  exportedAt: number;
  /** The stage a deal was in from its creation until it closed, as far as is known. */
  openingStage: StageRow | null;
  newId(): string;
}

/** The row as `staged` takes it, with the instants of its past. Nothing of it is later than the export. */
export function opportunityValues(given: GivenOpportunity, { exportedAt, openingStage, newId }: Timing, iso: (millis: number) => string) {
  const { stage, closeAt, account, product, externalId } = given;
  const isClosed = stage !== null && stage.outcome !== "open";
  const datedAt = given.createdAt === null ? null : Math.min(given.createdAt, exportedAt);
  const known = isClosed && closeAt !== null ? Math.min(closeAt, exportedAt) : exportedAt;
  const isLate = datedAt !== null && isClosed && closeAt !== null && datedAt > known;
  const createdAt = datedAt === null || isLate ? known : datedAt;
  const stateAt = Math.max(createdAt, known);
  const isOpening = openingStage !== null && stage !== null && stateAt > createdAt && openingStage.id !== stage.id;
  const first = isOpening && (isClosed || datedAt !== null) ? openingStage.id : null;
  const values: Value[] = [
    newId(),
    externalId,
    given.name ?? nameOf(account, product?.name ?? null, externalId),
    given.ownerId,
    account,
    product?.id ?? null,
    stage?.id ?? null,
    stage?.outcome ?? null,
    given.amount,
    given.currency,
    given.closeDay,
    given.forecastCategory,
    given.nextStep,
    datedAt === null ? null : iso(Math.min(datedAt, createdAt)),
    iso(createdAt),
    iso(stateAt),
    first,
  ];
  return { values, isLate };
}

/** A name where there is none. Without an account the row's own id tells apart what would all read alike. */
const nameOf = (account: string | null, product: string | null, externalId: string): string =>
  (account === null ? [product, externalId] : [account, product]).filter(Boolean).join(" · ");

/** Instants repeat from row to row; writing one out costs more than finding it. */
export function isoTexts(): (millis: number) => string {
  const texts = new Map<number, string>();
  return (millis) => {
    let text = texts.get(millis);
    if (text === undefined) {
      if (texts.size > 50_000) texts.clear();
      texts.set(millis, (text = new Date(millis).toISOString()));
    }
    return text;
  };
}
