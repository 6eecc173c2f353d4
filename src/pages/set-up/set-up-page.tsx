import type { Child } from "hono/jsx";
import type { SetUpProgress } from "../../domain/organisations/organisation-queries.ts";
import { CurrencySelect } from "../../parts/currency-select.tsx";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, shortDay } from "../../parts/words.ts";
import { ZoneSelect } from "../../parts/zone-select.tsx";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";

export interface SettingValues {
  name: string;
  currency: string;
  time_zone: string;
  agenda_notice_hours: string | number;
  missed_grace_hours: string | number;
}

interface Props {
  c: Request;
  ctx: Ctx;
  progress: SetUpProgress;
  values: SettingValues;
  errors: Errors;
}

interface Step {
  title: string;
  done: boolean;
  words: string;
  links: { href: string; words: string }[];
}

export function SetUpPage({ c, ctx, progress, values, errors }: Props) {
  const steps = stepsOf(ctx, progress);
  const next = steps.find(({ done }) => !done);
  return (
    <Shell c={c} title="Set-up" current="set-up">
      <Head
        title="Set-up"
        lead={next ? `Next: ${next.title.toLowerCase()}.` : "Everything is set up."}
        readers="Admins only. Nothing that people write in their one-on-ones is here."
      >
        <a class="btn" href="/set-up/audit">
          Who did and read what
        </a>
        <a class="btn" href="/outbox">
          Outbox
        </a>
      </Head>
      <ol class="sheet steps">
        {steps.map((step) => (
          <StepRow step={step} isNext={step === next} />
        ))}
      </ol>
      <section class="sheet pad stack">
        <div>
          <h2>Organisation</h2>
          <p class="muted">These hold for everybody.</p>
        </div>
        <Settings values={values} errors={errors} />
      </section>
    </Shell>
  );
}

function stepsOf(ctx: Ctx, p: SetUpProgress): Step[] {
  const hasMail = ctx.env.smtpUrl !== undefined;
  const zone = ctx.viewer.timeZone;
  const missing = p.withoutManager > 0 ? ` ${count(p.withoutManager, "rep has", "reps have")} no manager yet.` : "";
  return [
    {
      title: "People",
      done: p.reps > 0 && p.managers > 0 && p.withoutManager === 0,
      words: `${count(p.people, "person", "people")}: ${count(p.managers, "manager")}, ${count(p.reps, "rep")}.${missing}`,
      links: [
        { href: "/imports/new?what=people", words: "Bring people from a file" },
        { href: "/people", words: "People" },
      ],
    },
    {
      title: "Pipeline",
      done: p.importsDone > 0,
      words: p.lastImportAt
        ? `${count(p.importsDone, "import")}, the last on ${shortDay(dayIn(p.lastImportAt, zone))}.`
        : "Bring opportunities from your CRM’s export. One-on-ones work without them, briefings say more with them.",
      links: [{ href: "/imports", words: "Imports" }],
    },
    {
      title: "Sales process",
      done: p.processVersion > 0,
      words:
        p.processVersion > 0
          ? `Version ${p.processVersion} is in force. Each deal shows the stage the customer has paid the toll for.`
          : "Say what only the customer can give before a deal goes on. Two ready-made processes are there to begin with.",
      links: [{ href: "/process", words: "Sales process" }],
    },
    {
      title: "Agendas",
      done: true,
      words: "Five ready-made kinds of one-on-one. Change them, or go with them as they are.",
      links: [{ href: "/agendas", words: "Agendas" }],
    },
    {
      title: "Series",
      done: p.series > 0,
      words:
        p.series > 0
          ? `${count(p.series, "fixed slot")} of ${count(p.pairs, "pair")}.`
          : "Each manager makes the fixed slots with their reps, or you do it for them.",
      links: [{ href: "/series/new", words: "Make series" }, ...(p.series > 0 ? [{ href: "/series?of=everybody", words: "See all" }] : [])],
    },
    {
      title: "Holidays",
      done: p.holidayCalendars > 0,
      words:
        p.holidayCalendars > 0
          ? `${count(p.holidayCalendars, "calendar")}. A one-on-one on a holiday of either person says so.`
          : "The public holidays of your country or region, so that nobody plans a one-on-one on them unawares.",
      links: [{ href: "/set-up/holidays", words: "Holidays" }],
    },
    {
      title: "Calendar and money",
      done: true,
      words: "When your years and quarters begin, exchange rates, quotas and commission rates, and whether anybody is ranked.",
      links: [
        { href: "/set-up/money", words: "Calendar and money" },
        { href: "/quotas", words: "Quotas" },
      ],
    },
    {
      title: "Mail",
      done: hasMail,
      words: hasMail
        ? "A mail server is set: agendas, summaries and invitations go out."
        : `No mail server is set, so nothing is sent${p.mailWaiting > 0 ? `; ${count(p.mailWaiting, "mail waits", "mails wait")} in the outbox` : ""}. Start Kept with SMTP_URL and MAIL_FROM.`,
      links: [{ href: "/outbox", words: "Outbox" }],
    },
    {
      title: "Invitations",
      done: p.toInvite === 0 && p.people > 1 && (p.withoutAddress === 0 || ctx.viewer.isSample),
      words: ctx.viewer.isSample ? "The sample company invites nobody." : invitationWords(p),
      links: ctx.viewer.isSample ? [{ href: "/people", words: "People" }] : invitationLinks(p),
    },
  ];
}

function invitationWords({ withAccount, people, toInvite, withoutAddress }: SetUpProgress): string {
  const waiting =
    toInvite > 0 ? `${count(toInvite, "person is", "people are")} not invited yet.` : "Everybody with a mail address is invited.";
  const unreached =
    withoutAddress > 0
      ? ` ${count(withoutAddress, "person has", "people have")} no mail address and cannot be invited: write it on their page, or bring a file of people with their addresses.`
      : "";
  return `${withAccount} of ${people} can sign in. ${waiting}${unreached}`;
}

const invitationLinks = ({ toInvite, withoutAddress }: SetUpProgress): Step["links"] => [
  ...(toInvite > 0 || withoutAddress === 0 ? [{ href: "/people", words: "Invite people" }] : []),
  ...(withoutAddress > 0
    ? [
        { href: "/people?show=no-address", words: "Who has no address" },
        { href: "/imports/new?what=people", words: "Bring addresses from a file" },
      ]
    : []),
];

function StepRow({ step, isNext }: { step: Step; isNext: boolean }): Child {
  return (
    <li class="step">
      <div>
        <h2>{step.title}</h2>
        <p class="muted">{step.words}</p>
      </div>
      <div class="row">
        {step.done ? <span class="tag kept">Done</span> : isNext ? <span class="tag watch">Next</span> : <span class="tag">To do</span>}
        {step.links.map(({ href, words }, i) => (
          <a class={isNext && i === 0 ? "btn primary" : "btn"} href={href}>
            {words}
          </a>
        ))}
      </div>
    </li>
  );
}

function Settings({ values, errors }: { values: SettingValues; errors: Errors }) {
  return (
    <form method="post" action="/set-up/organisation" class="stack">
      <div class="fields">
        <Field name="name" label="Name" value={values.name} error={errors.name} required />
        <CurrencySelect value={values.currency} error={errors.currency} hint="For totals. Each deal keeps its own." />
        <ZoneSelect
          value={values.time_zone}
          error={errors.time_zone}
          hint="For months, quarters and jobs. Each person and series has its own."
        />
      </div>
      <div class="fields">
        <Field
          name="agenda_notice_hours"
          label="Agenda goes out, hours before"
          type="number"
          min={0}
          max={336}
          value={values.agenda_notice_hours}
          error={errors.agenda_notice_hours}
          hint="24 or more gives the rep a day to prepare."
          required
        />
        <Field
          name="missed_grace_hours"
          label="Counts as missed, hours after its end"
          type="number"
          min={1}
          max={336}
          value={values.missed_grace_hours}
          error={errors.missed_grace_hours}
          hint="When nobody has opened, moved or excused it by then."
          required
        />
      </div>
      <div>
        <button class="btn primary">Save</button>
      </div>
    </form>
  );
}
