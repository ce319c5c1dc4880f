import { csvRecord } from "./csv.js";
import type { ExportTable } from "./tables.js";

export type ExportFormat = "csv" | "ndjson";

export interface ExportOptions {
  /** Unix milliseconds. */
  readonly now: number;
  /** True for a file that people open: without a byte order mark, Excel takes a CSV file for another encoding. Default false. */
  readonly byteOrderMark?: boolean | undefined;
  /** Called if reading fails after the response has begun. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /**
   * Closes the connection without completing the response. Without it the body fails, from which servers do the same.
   */
  readonly breakOff?: (() => void) | undefined;
}

export const exportTypes = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" } as const;

/** The end of a broken export: no parser takes it for a row, also behind a proxy that hides the broken connection. */
const broken = {
  csv: '"The export broke off here and is not complete',
  ndjson: '{"error":{"code":"incomplete","message":"The export broke off here and is not complete"',
} as const;

/**
 * Returns a response with all rows, one page in memory at a time. It reads when the client is ready for more, and no longer
 * after the client has gone. If reading fails in the middle, the response ends with half a row and a broken connection.
 * @param pages pages of rows; one can be empty
 * @throws what reading the first page throws
 */
export async function exportRows<Row>(
  table: ExportTable<Row>,
  format: ExportFormat,
  pages: AsyncIterable<readonly Row[]>,
  options: ExportOptions,
): Promise<Response> {
  const mark = format === "csv" && options.byteOrderMark === true ? "\ufeff" : "";
  const chunks = textOf(table, format, pages, mark);
  const first = await chunks.next();
  const date = new Date(options.now).toISOString().slice(0, 10);
  return new Response(bodyOf(first, chunks, format, options), {
    headers: {
      "content-type": exportTypes[format],
      "content-disposition": `attachment; filename="${table.name}-${date}.${format}"`,
    },
  });
}

async function* textOf<Row>(
  { columns }: ExportTable<Row>,
  format: ExportFormat,
  pages: AsyncIterable<readonly Row[]>,
  mark: string,
): AsyncGenerator<string, undefined> {
  let head = format === "csv" ? mark + csvRecord(columns.map(({ name }) => name)) : "";
  const line =
    format === "csv"
      ? (row: Row) => csvRecord(columns.map(({ cell }) => cell(row)))
      : (row: Row) => `${JSON.stringify(row)}\n`;
  for await (const rows of pages) {
    yield head + rows.map(line).join("");
    head = "";
  }
}

function bodyOf(
  first: IteratorResult<string, undefined>,
  rest: AsyncIterator<string, undefined>,
  format: ExportFormat,
  { onFailure, breakOff }: ExportOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let state: "open" | "failed" | "cancelled" = "open";
  let ready: IteratorResult<string, undefined> | undefined = first;
  const next = async () => {
    for (;;) {
      const chunk = ready ?? (await rest.next());
      ready = undefined;
      if (chunk.done === true || chunk.value !== "" || state === "cancelled") return chunk.value;
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (state === "failed") {
          // The server cancels the body of a closed connection.
          if (breakOff === undefined) controller.error(new Error("The export broke off"));
          else breakOff();
          return;
        }
        try {
          const text = await next();
          if (state === "cancelled") return;
          if (text === undefined) controller.close();
          else controller.enqueue(encoder.encode(text));
        } catch (error) {
          if (state !== "open") return;
          state = "failed";
          onFailure?.(error);
          controller.enqueue(encoder.encode(broken[format]));
        }
      },
      cancel() {
        state = "cancelled";
      },
    },
    { highWaterMark: 0 },
  );
}
