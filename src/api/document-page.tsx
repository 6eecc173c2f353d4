import { PlainPage } from "../parts/shell.tsx";
import { render } from "../parts/render.tsx";
import type { Request } from "../platform/http.ts";

type Document = ReturnType<import("@hono/zod-openapi").OpenAPIHono["getOpenAPI31Document"]>;

interface Named {
  name?: string;
  in?: string;
  required?: boolean;
  schema?: unknown;
  description?: string;
}

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: Named[];
  requestBody?: { content?: Record<string, { schema?: unknown; example?: unknown }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>;
}

interface Shape {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  description?: string;
  example?: unknown;
}

/** A schema in a few words: "Person[]", "text (date) or nothing". */
function inWords(schema: Shape | undefined): string {
  if (!schema) return "anything";
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(inWords).join(" | ");
  if (schema.type === "array") return `${inWords(schema.items)}[]`;
  if (schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([name, of]) => `${name}: ${inWords(of)}`)
      .join(", ")} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "anything");
  return schema.format ? `${type} (${schema.format})` : type;
}

/** The OpenAPI document as a page, without any script. */
export function documentPage(c: Request, document: Document): Response {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? "Other");
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Shape>);
  return render(
    c,
    <PlainPage c={c} title="API">
      <div class="stack api">
        <h1>The API of Kept</h1>
        <p>
          What you can do in Kept, for programs: JSON over HTTP below <code>/api/v1</code>. The same as a document that tools read:{" "}
          <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
        </p>
        <p>
          Make a token on <a href="/account/tokens">your account</a> and send it along. It may read and write what you may, and nothing
          more.
        </p>
        <pre tabindex={0}>curl -H "Authorization: Bearer kept_…" {new URL(c.req.url).origin}/api/v1/people/me</pre>
        <p>
          Lists come in pages: ask again with <code>cursor=</code> what the answer gives as <code>next</code>. What goes wrong is said as{" "}
          <code>application/problem+json</code> (RFC 9457). A token may ask 600 times a minute.
        </p>
        {[...groups].map(([tag, members]) => (
          <section class="stack">
            <h2>{tag}</h2>
            {members.map(({ path, method, operation }) => (
              <OperationPart path={path} method={method} operation={operation} />
            ))}
          </section>
        ))}
        <section class="stack">
          <h2>Shapes</h2>
          {schemas.map(([name, schema]) => (
            <ShapePart name={name} schema={schema} />
          ))}
        </section>
      </div>
    </PlainPage>,
  );
}

function OperationPart({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  const good = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith("2"));
  const answer = Object.values(good?.[1].content ?? {})[0]?.schema as Shape | undefined;
  return (
    <section class="sheet pad stack tight" id={operation.operationId}>
      <h3>{operation.summary}</h3>
      <p>
        <code>
          {method} /api/v1{path}
        </code>
      </p>
      {(operation.parameters ?? []).length > 0 && (
        <ul>
          {operation.parameters?.map(({ name, in: where, required, schema, description }) => (
            <li>
              <code>{name}</code> in the {where}
              {required ? "" : ", optional"}: {inWords(schema as Shape)}
              {description ? `. ${description}` : ""}
            </li>
          ))}
        </ul>
      )}
      {body && (
        <p>
          Body ({body[0]}): <code>{inWords(body[1].schema as Shape)}</code>
        </p>
      )}
      {body?.[1].example !== undefined && (
        <pre tabindex={0} aria-label={`Example of a body: ${operation.summary}`}>
          {JSON.stringify(body[1].example, null, 2)}
        </pre>
      )}
      {good && (
        <p>
          Answer {good[0]}: <code>{inWords(answer)}</code>
        </p>
      )}
    </section>
  );
}

function ShapePart({ name, schema }: { name: string; schema: Shape }) {
  return (
    <section class="sheet pad stack tight">
      <h3>{name}</h3>
      {schema.description && <p>{schema.description}</p>}
      <ul>
        {Object.entries(schema.properties ?? {}).map(([property, of]) => (
          <li>
            <code>{property}</code>
            {schema.required?.includes(property) ? "" : ", optional"}: {inWords(of)}
            {of.description ? `. ${of.description}` : ""}
          </li>
        ))}
      </ul>
      {schema.example !== undefined && (
        <pre tabindex={0} aria-label={`Example: ${name}`}>
          {JSON.stringify(schema.example, null, 2)}
        </pre>
      )}
    </section>
  );
}
