import { besideDeal } from "../../parts/deal-words.ts";
import type { Child } from "hono/jsx";
import type { ClosingTimes } from "../../domain/opportunities/closing-times.ts";
import type { VerifiedDeal } from "../../domain/evidence/verified-stages.ts";
import type { AgreedStep } from "../../domain/stories/agreed-next-steps.ts";
import type { PipelineDeal } from "../../domain/opportunities/deal-list-queries.ts";
import { missingWords } from "../../parts/stage-cell.tsx";
import { count, dayIn, money, shortDay } from "../../parts/words.ts";
import type { PageFacts } from "./pipeline-data.ts";
import type { PipelineQuery } from "./pipeline-query.ts";

/** What a cell may need besides its deal. */
export interface Around {
  zone: string;
  closing: ClosingTimes | undefined;
  stageLabels: ReadonlyMap<string, string>;
  onPage: PageFacts;
}

export interface DealColumn {
  key: string;
  title: string;
  sort: PipelineQuery["sort"];
  num?: boolean;
  /** Shown unless somebody chooses otherwise. */
  usual: boolean;
  cell: (deal: PipelineDeal, around: Around) => Child;
}

const Missing = ({ words }: { words: string }): Child => <span class="muted">{words}</span>;

export const slippedWords = (deal: PipelineDeal): string =>
  `slipped ${deal.slips === 1 ? "once" : `${deal.slips} times`}, ${count(deal.slippedDays, "day")}`;

const Age = ({ deal, closing }: { deal: PipelineDeal; closing: ClosingTimes | undefined }): Child => {
  const isOld = closing !== undefined && deal.ageDays > closing.upperDays;
  return (
    <>
      {count(deal.ageDays, "day")}
      {isOld && <div class="small late">longer than 3 in 4 won</div>}
    </>
  );
};

const Verified = ({ deal, stageLabels }: { deal: VerifiedDeal | undefined; stageLabels: ReadonlyMap<string, string> }): Child => {
  if (!deal) return <Missing words="–" />;
  const name = stageLabels.get(deal.verifiedStageId) ?? deal.verifiedName;
  if (deal.aheadBy === 0) return deal.isBacked ? <span class="backed">{name}</span> : name;
  return (
    <>
      <span class="tag watch">{name}</span>
      <div class="small muted missing">{missingWords(deal)}</div>
    </>
  );
};

const agreedWords: Record<string, string> = {
  yes: "the customer agreed",
  no: "the customer has not agreed",
  "not asked": "not asked the customer yet",
};

const NextStep = ({ deal, step }: { deal: PipelineDeal; step: AgreedStep | undefined }): Child => {
  const words = step?.words || deal.nextStep;
  const agreed = agreedWords[step?.agreed ?? ""];
  return (
    <>
      {words || <Missing words="none" />}
      {step?.on && <span class="muted"> {shortDay(step.on)}</span>}
      {agreed && <div class={`small ${step?.agreed === "yes" ? "backed" : "late"}`}>{agreed}</div>}
    </>
  );
};

export const dealColumns: readonly DealColumn[] = [
  {
    key: "name",
    title: "Deal",
    sort: "name",
    usual: true,
    cell: (deal) => (
      <>
        <a class="to-deal" href={`/opportunities/${deal.id}`} data-turbo-frame="_top">
          {deal.name}
        </a>
        {besideDeal(deal) && <div class="small muted">{besideDeal(deal)}</div>}
      </>
    ),
  },
  { key: "account", title: "Account", sort: "account", usual: false, cell: (deal) => deal.accountName ?? <Missing words="none yet" /> },
  { key: "rep", title: "Rep", sort: "rep", usual: true, cell: (deal) => deal.ownerName },
  {
    key: "stage",
    title: "Stage claimed",
    sort: "stage",
    usual: true,
    cell: (deal, { stageLabels }) => stageLabels.get(deal.stageId) ?? deal.stage,
  },
  {
    key: "verified",
    title: "Verified",
    sort: "verified",
    usual: true,
    cell: ({ id }, { onPage, stageLabels }) => <Verified deal={onPage.verified.get(id)} stageLabels={stageLabels} />,
  },
  {
    key: "grade",
    title: "Grade",
    sort: "grade",
    usual: true,
    cell: ({ id }, { onPage }) => {
      const found = onPage.grades.get(id);
      return found?.grade ? (
        <span title={found.byHand ? `Set by ${found.byHand.name}` : "By the rules of the sales process"}>
          <b>{found.grade}</b>
          {found.byHand && <span class="small muted"> by hand</span>}
        </span>
      ) : (
        <Missing words="none" />
      );
    },
  },
  {
    key: "amount",
    title: "Amount",
    sort: "amount",
    num: true,
    usual: true,
    cell: (deal) => (
      <>
        {deal.amountMinor === null ? <Missing words="none" /> : money(deal.amountMinor, deal.currency)}
        {deal.isListPrice && <div class="small muted">list price</div>}
      </>
    ),
  },
  {
    key: "close",
    title: "Closes",
    sort: "close",
    usual: true,
    cell: (deal) => (
      <>
        {deal.closeOn ? (
          <span class={deal.horizon === "overdue" ? "late" : undefined}>{shortDay(deal.closeOn)}</span>
        ) : (
          <Missing words="no day" />
        )}
        {deal.horizon === "overdue" && <div class="small late">overdue</div>}
        {deal.slips > 0 && <div class="small muted">{slippedWords(deal)}</div>}
      </>
    ),
  },
  { key: "age", title: "Age", sort: "age", num: true, usual: true, cell: (deal, { closing }) => <Age deal={deal} closing={closing} /> },
  {
    key: "changed",
    title: "Last change",
    sort: "changed",
    usual: true,
    cell: (deal, { zone }) => (
      <>
        <span class="nowrap">{shortDay(dayIn(deal.lastChangeAt, zone))}</span>
        {deal.isStuck && <div class="small late">stuck {count(deal.quietDays, "day")}</div>}
      </>
    ),
  },
  {
    key: "next",
    title: "Next step",
    sort: "next",
    usual: true,
    cell: (deal, { onPage }) => <NextStep deal={deal} step={onPage.steps.get(deal.id)} />,
  },
  { key: "product", title: "Product", sort: "product", usual: false, cell: (deal) => deal.productName ?? <Missing words="none" /> },
  {
    key: "slips",
    title: "Slipped",
    sort: "slips",
    num: true,
    usual: false,
    cell: (deal) => (deal.slips > 0 ? `${deal.slips} ×, ${count(deal.slippedDays, "day")}` : <Missing words="never" />),
  },
  { key: "category", title: "Forecast", sort: "stage", usual: false, cell: (deal) => deal.forecastCategory ?? <Missing words="none" /> },
];
