import type { GradeCounts, ProcessPreview } from "../../domain/processes/preview-process.ts";
import type { ReadProcess } from "../../domain/processes/read-draft.ts";
import { grades } from "../../method/prospect-grade.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, list } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { newId } from "../../platform/new-id.ts";
import { GradeLines } from "./grade-lines.tsx";

interface Props {
  c: Request;
  process: ReadProcess;
  preview: ProcessPreview;
  revision: string;
  /** The number it will have. */
  version: number;
  currency: string;
}

const gradeCounts = (of: GradeCounts): string => list(grades.map((grade) => `${of[grade].toLocaleString("en-US")} ${grade}`));

/** What publishing will change, before it does. */
export function PreviewPage({ c, process, preview, revision, version, currency }: Props) {
  const { open, otherStage, otherGrade, gradesNow, gradesThen, aheadNow, aheadThen, left, gone } = preview;
  return (
    <Shell c={c} title="Publish the sales process" current="set-up">
      <Head
        title={`Publish as version ${version}?`}
        lead={`${process.name}: ${list(process.stages.map(({ name }) => name))}.`}
        readers="Counts alone: an admin reads no deals here."
      />
      <section class="sheet pad stack">
        <h2>What changes</h2>
        <ul class="stack tight">
          <li>
            <b>{otherStage.toLocaleString("en-US")}</b> of {count(open, "open deal")} will have another verified stage
            {version === 1 ? ", for the first time" : ""}.
          </li>
          <li>
            <b>{aheadThen.toLocaleString("en-US")}</b> will be claimed further than the customer has paid for; now it is{" "}
            {aheadNow.toLocaleString("en-US")}.{version === 1 && " No evidence is recorded yet, so this is where everybody starts."}
          </li>
          <li>
            <b>{otherGrade.toLocaleString("en-US")}</b> will have another grade{version === 1 ? ", for the first time" : ""}:{" "}
            {gradeCounts(gradesThen)}
            {version > 1 && `; now ${gradeCounts(gradesNow)}`}. What was graded by hand stays.
          </li>
          {left.map(({ name, deals, as }) => (
            <li>
              {count(deals, "open deal stands", "open deals stand")} in {name}, which is not in it. They keep that stage and say so, and
              count {as ? `as ${as}` : "where it used to stand"}.
            </li>
          ))}
          {gone.map(({ words, evidence }) => (
            <li>
              “{words}” is not asked for any more.{" "}
              {evidence > 0 && `${count(evidence, "piece of evidence stays", "pieces of evidence stay")} on the deals to be read.`}
            </li>
          ))}
          <li>Past days stay as they were: they are read by the version in force then.</li>
        </ul>
        <GradeLines process={process} currency={currency} />
        <form method="post" action="/process/publish" class="row">
          <input type="hidden" name="id" value={newId()} />
          <input type="hidden" name="revision" value={revision} />
          <button class="btn primary">Publish it, in force from now</button>
          <a class="btn" href="/process/draft">
            Back to the draft
          </a>
        </form>
      </section>
    </Shell>
  );
}
