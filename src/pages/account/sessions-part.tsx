import { dayIn, shortDay, timeIn } from "../../parts/words.ts";

export interface Session {
  id: string;
  createdAt: Date;
  updatedAt: Date;
  userAgent: string | null;
  ipAddress: string | null;
}

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, "iPhone or iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/Linux/, "Linux"],
];

/** "Firefox on Windows", as far as the browser says. */
export function deviceOf(userAgent: string | null): string {
  const find = (names: [RegExp, string][]) => names.find(([shape]) => shape.test(userAgent ?? ""))?.[1];
  const browser = find(browsers);
  const system = find(systems);
  if (!browser && !system) return "A browser";
  return system ? `${browser ?? "A browser"} on ${system}` : (browser ?? "A browser");
}

export function SessionsPart({ sessions, current, zone }: { sessions: Session[]; current: string | null; zone: string }) {
  return (
    <section class="sheet pad stack">
      <div>
        <h2>Where you are signed in</h2>
        <p class="muted">End what you do not know. It is out at once.</p>
      </div>
      <ul class="lines">
        {sessions.map((session) => (
          <li class="spread">
            <span>
              {deviceOf(session.userAgent)} {session.id === current && <span class="tag kept">This one</span>}
              <span class="muted small detail">
                since {shortDay(dayIn(session.createdAt, zone))}, {timeIn(session.createdAt, zone)}
                {session.ipAddress ? ` · ${session.ipAddress}` : ""}
              </span>
            </span>
            <form method="post" action={`/account/sessions/${session.id}/end`} data-turbo={session.id === current ? "false" : undefined}>
              <button class="link" aria-label={`End ${deviceOf(session.userAgent)} since ${shortDay(dayIn(session.createdAt, zone))}`}>
                End
              </button>
            </form>
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/account/sessions/end-others">
          <button class="btn">Sign out everywhere else</button>
        </form>
      )}
    </section>
  );
}
