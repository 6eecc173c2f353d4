import type { Child } from "hono/jsx";

interface Props {
  action: string;
  /** What is looked for now. */
  text: string;
  /** Hidden inputs to keep what else the page was asked for. */
  children?: Child;
}

/** Find people of a long list by name. */
export const NameSearch = ({ action, text, children }: Props) => (
  <form class="filters no-print" action={action} method="get">
    {children}
    <div class="field search">
      <label for="q">Name</label>
      <input id="q" type="search" name="q" value={text} maxlength={200} />
    </div>
    <button class="btn">Show</button>
  </form>
);

/** In place of the list: nobody has that name, or nobody reports to the reader yet. */
export const NobodyNamed = ({ text, first }: { text: string; first: string }) => (
  <section class="sheet empty">
    <h2>{text ? "Nobody of this name" : "Nobody reports to you"}</h2>
    <p>{text ? "Look for another one." : first}</p>
  </section>
);
