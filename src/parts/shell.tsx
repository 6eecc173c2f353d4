import type { Child } from "hono/jsx";
import { assetUrl, importsOf } from "../platform/assets.ts";
import type { Request } from "../platform/http.ts";
import type { NavigationCounts } from "../platform/navigation-counts.ts";
import { isAdmin, isManager, type Viewer } from "../platform/viewer.ts";
import { takeNotice } from "./notice.ts";

export type Place = "week" | "you" | "people" | "pipeline" | "forecast" | "commitments" | "records" | "agendas" | "set-up" | "account";

interface Props {
  c: Request;
  title: string;
  current?: Place;
  /** Topics that refresh this page in place when they change, e.g. "meeting:<id>". */
  live?: string;
  /** Extra script, by source: a page with another one is loaded anew. */
  script?: string;
  /** Script of a custom element on this page, by source: it comes along without loading the page anew. */
  element?: string;
  children?: Child;
}

export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M5 3v16M5 12l4 4L18 5" fill="none" stroke="var(--kept)" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

export function Document({ c, title, script, element, children }: Omit<Props, "current" | "live">) {
  const scripts = ["src/browser/app.ts", ...(script ? [script] : [])];
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title} · Kept</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="csp-nonce" content={c.get("secureHeadersNonce") ?? ""} />
        <meta name="turbo-refresh-method" content="morph" />
        <meta name="turbo-refresh-scroll" content="preserve" />
        <meta name="color-scheme" content="light dark" />
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'%3E%3Cpath d='M5 3v16M5 12l4 4L18 5' fill='none' stroke='%2317694c' stroke-width='2.6' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"
        />
        <link rel="stylesheet" href={assetUrl("src/browser/style.css")} data-turbo-track="reload" />
        {[...scripts, ...(element ? [element] : [])].flatMap((source) =>
          importsOf(source).map((href) => <link rel="modulepreload" href={href} />),
        )}
        {scripts.map((source) => (
          <script type="module" src={assetUrl(source)} data-turbo-track="reload"></script>
        ))}
        {element && <script type="module" src={assetUrl(element)}></script>}
      </head>
      {children}
    </html>
  );
}

/** Every page of somebody signed in: navigation at the side (at the top of a phone), the page beside it. */
export function Shell({ c, title, current, live, element, children }: Props) {
  const viewer = c.get("viewer");
  const notice = takeNotice(c);
  return (
    <Document c={c} title={title} {...(element ? { element } : {})}>
      <body>
        <a class="skip" href="#main">
          Skip to the page
        </a>
        <div class="shell">
          {viewer && <Navigation viewer={viewer} current={current} counts={c.get("counts")} />}
          <main id="main">
            {notice && (
              <div class={`notice ${notice.tone}`} role="status">
                {notice.words}
              </div>
            )}
            {children}
          </main>
        </div>
        {live && <Live c={c} topics={live} />}
      </body>
    </Document>
  );
}

function placesOf(viewer: Viewer): { place: Place; href: string; words: string }[] {
  const places: { place: Place; href: string; words: string; when?: boolean }[] = [
    { place: "week", href: "/week", words: "Week", when: isManager(viewer) || viewer.roles.has("rep") },
    { place: "you", href: `/people/${viewer.personId}/coverage`, words: "You", when: viewer.roles.has("rep") },
    { place: "people", href: "/people", words: "People", when: isManager(viewer) || isAdmin(viewer) },
    { place: "pipeline", href: "/pipeline", words: "Pipeline", when: isManager(viewer) || viewer.roles.has("rep") },
    { place: "forecast", href: "/forecast", words: "Forecast", when: isManager(viewer) || viewer.roles.has("rep") },
    { place: "commitments", href: "/commitments", words: "Commitments", when: isManager(viewer) || viewer.roles.has("rep") },
    { place: "records", href: "/records", words: "Record", when: isManager(viewer) || viewer.roles.has("rep") },
    { place: "agendas", href: "/agendas", words: "Agendas" },
    { place: "set-up", href: "/set-up", words: "Set-up", when: isAdmin(viewer) },
  ];
  return places.filter(({ when }) => when !== false);
}

const countWords = { week: "one-on-ones still to come this week", commitments: "open promises of yours" };

function Count({ place, counts }: { place: Place; counts: NavigationCounts | undefined }) {
  if (!counts || (place !== "week" && place !== "commitments")) return null;
  const n = place === "week" ? counts.meetings : counts.promises;
  if (n === 0) return null;
  return (
    <span title={`${n} ${countWords[place]}`}>
      {n}
      <span class="visually-hidden"> {countWords[place]}</span>
    </span>
  );
}

function Navigation({ viewer, current, counts }: { viewer: Viewer; current: Place | undefined; counts: NavigationCounts | undefined }) {
  return (
    <nav class="side" aria-label="Main">
      <a class="logo" href="/" aria-label="Kept">
        <Mark />
        Kept
      </a>
      {placesOf(viewer).map(({ place, href, words }) => (
        <a href={href} aria-current={place === current ? "page" : undefined}>
          {words}
          <Count place={place} counts={counts} />
        </a>
      ))}
      <div class="who">
        <a href="/account" aria-current={current === "account" ? "page" : undefined}>
          {viewer.name}
        </a>
        <span class="detail">{viewer.orgName}</span>
        <form method="post" action="/sign-out" data-turbo="false">
          <button class="link">{viewer.isSample ? "Change person" : "Sign out"}</button>
        </form>
      </div>
    </nav>
  );
}

/** Refreshes the page when one of the topics changes, from the moment the page was asked for. */
export const Live = ({ c, topics }: { c: Request; topics: string }) => (
  <kept-live topics={topics} data-since={String(c.get("arrivedAt"))}></kept-live>
);

/** A page before anybody is signed in: one column, nothing else. */
export function PlainPage({ c, title, children }: { c: Request; title: string; children?: Child }) {
  const notice = takeNotice(c);
  return (
    <Document c={c} title={title}>
      <body>
        <main class="plain" id="main">
          <div class="logo">
            <Mark />
            Kept
          </div>
          {notice && (
            <div class={`notice ${notice.tone}`} role="status">
              {notice.words}
            </div>
          )}
          {children}
        </main>
      </body>
    </Document>
  );
}

/** The head of a page: what it is, one sentence, what one can do. Every page with a pair's words says who can read it. */
export function Head({ title, lead, readers, children }: { title: Child; lead?: Child; readers?: string; children?: Child }) {
  return (
    <div class="head">
      <div>
        <h1>{title}</h1>
        {lead && <div class="muted">{lead}</div>}
        {readers && <p class="readers">{readers}</p>}
      </div>
      {children && <div class="actions">{children}</div>}
    </div>
  );
}
