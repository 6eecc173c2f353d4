import type { JSX as HonoJsx } from "hono/jsx/jsx-runtime";

type Attributes = HonoJsx.HTMLAttributes & Record<`data-${string}`, unknown>;

declare module "hono/jsx/jsx-runtime" {
  namespace JSX {
    interface IntrinsicElements {
      "kept-live": Attributes & { topics: string };
      "kept-autosave": Attributes;
      "kept-note": Attributes;
      "kept-note-state": Attributes;
      "kept-timer": Attributes;
      "kept-focus": Attributes;
      "kept-late-notes": Attributes;
      "kept-gains": Attributes;
      "own-zone": Attributes;
      "kept-preview": Attributes;
      "copy-button": Attributes & { value: string };
      "turbo-frame": Attributes & { id: string; src?: string; refresh?: "morph"; target?: string; loading?: "lazy" };
    }
  }
}
