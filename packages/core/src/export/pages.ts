import { maxPageSize } from "../limits.js";
import type { Paging, RowPage } from "../ports/fact-store.js";

/**
 * Yields the rows of every page of a list. Other work of the process runs between two pages, also where the store answers
 * without waiting.
 */
export async function* allPages<Row>(
  read: (paging: Paging) => Promise<Pick<RowPage<Row>, "rows" | "nextCursor">>,
): AsyncGenerator<readonly Row[], undefined> {
  let page = await read({ limit: maxPageSize });
  yield page.rows;
  while (page.nextCursor !== null) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    page = await read({ limit: maxPageSize, cursor: page.nextCursor });
    yield page.rows;
  }
}
