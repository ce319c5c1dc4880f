import type { DatabaseSync } from "node:sqlite";

/**
 * Derived tables. All but `derivation` exist once for each generation, so that a rebuild fills new ones beside those in use;
 * the views at the end always show the one in use, with the columns that docs/tables.md promises.
 *
 * `rank` orders the events of a session: see `rankOf`; that of a person or a company is the time of the newest event. `sources` has
 * the events that describe them: see `Description`. `words` has the words of a search, each after a
 * space; the tables `…_words` are their index, since the SQLite of Node 22.13 has no FTS5. A visit is a session that is not of a bot.
 */
export const derivationSchema = `
  CREATE TABLE derivation (
    generation INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    incomplete INTEGER NOT NULL DEFAULT 0,
    sessions INTEGER NOT NULL DEFAULT 0,
    people INTEGER NOT NULL DEFAULT 0,
    companies INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO derivation (generation, state, incomplete)
    VALUES (1, 'live', EXISTS (SELECT 1 FROM events));`;

const owner = `
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0,
    rank INTEGER NOT NULL DEFAULT -1,
    sessions INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    people INTEGER NOT NULL DEFAULT 0,
    first_at INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL DEFAULT 0,
    first_session INTEGER,
    last_session INTEGER,
    first_visit INTEGER,
    last_visit INTEGER,
    first_visit_at INTEGER,
    last_visit_at INTEGER,
    words TEXT NOT NULL DEFAULT '',
    sources TEXT,
    name TEXT`;

/** Returns the statements that create the tables of a generation. */
export function generationSchema(generation: number): string {
  const g = `g${generation}`;
  const search = (name: string) => `CREATE TABLE ${g}_${name}_words (
    word TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (word, number)
  ) STRICT, WITHOUT ROWID;`;
  return `
  CREATE TABLE ${g}_events (
    seq INTEGER PRIMARY KEY,
    session INTEGER,
    rank INTEGER NOT NULL,
    person INTEGER,
    company INTEGER
  ) STRICT;
  CREATE INDEX ${g}_events_by_session ON ${g}_events (session, rank) WHERE session IS NOT NULL;
  CREATE INDEX ${g}_events_by_person ON ${g}_events (person, rank) WHERE person IS NOT NULL;
  CREATE INDEX ${g}_events_by_company ON ${g}_events (company, rank) WHERE company IS NOT NULL;
  ${referencesSchema(g)}
  CREATE TABLE ${g}_sessions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    bot INTEGER NOT NULL,
    person INTEGER,
    company INTEGER,
    page_count INTEGER NOT NULL,
    source TEXT,
    medium TEXT,
    campaign TEXT,
    landing_page TEXT,
    referrer TEXT,
    country TEXT,
    visitor_id TEXT,
    company_employee_count INTEGER,
    words TEXT NOT NULL,
    ended_at INTEGER,
    finalized_at INTEGER,
    duration_seconds REAL,
    term TEXT,
    content TEXT,
    city TEXT,
    device TEXT,
    browser TEXT,
    os TEXT,
    bot_score INTEGER,
    corporate_proxy INTEGER NOT NULL,
    person_name TEXT,
    person_title TEXT,
    person_email TEXT,
    company_name TEXT,
    company_domain TEXT
  ) STRICT;
  CREATE UNIQUE INDEX ${g}_sessions_by_id ON ${g}_sessions (id);
  CREATE INDEX ${g}_sessions_by_time ON ${g}_sessions
    (started_at, bot, source, medium, campaign, landing_page, referrer, country);
  CREATE INDEX ${g}_sessions_by_source ON ${g}_sessions (source, started_at) WHERE source IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_medium ON ${g}_sessions (medium, started_at) WHERE medium IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_campaign ON ${g}_sessions (campaign, started_at) WHERE campaign IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_country ON ${g}_sessions (country, started_at) WHERE country IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_visitor ON ${g}_sessions (visitor_id, started_at) WHERE visitor_id IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_person ON ${g}_sessions (person, started_at) WHERE person IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_company ON ${g}_sessions (company, started_at) WHERE company IS NOT NULL;
  CREATE INDEX ${g}_sessions_by_pair ON ${g}_sessions (company, person)
    WHERE company IS NOT NULL AND person IS NOT NULL;
  ${search("sessions")}
  CREATE TABLE ${g}_pages (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    path TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    seconds REAL
  ) STRICT;
  CREATE TABLE ${g}_people (${owner},
    title TEXT,
    seniority TEXT,
    email TEXT,
    email_status TEXT,
    linkedin_url TEXT,
    country TEXT,
    city TEXT,
    company INTEGER,
    title_company INTEGER,
    employer_name TEXT,
    employer_domain TEXT
  ) STRICT;
  CREATE INDEX ${g}_people_by_company ON ${g}_people (company, last_at) WHERE company IS NOT NULL;
  ${ownerIndexes(g, "people")}
  ${search("people")}
  CREATE TABLE ${g}_companies (${owner},
    domain TEXT,
    industry TEXT,
    employee_count INTEGER,
    country TEXT,
    city TEXT,
    linkedin_url TEXT,
    funding_total_usd REAL,
    monthly_visitors INTEGER
  ) STRICT;
  ${ownerIndexes(g, "companies")}
  ${search("companies")}
  CREATE TABLE ${g}_visits (
    by INTEGER NOT NULL,
    span INTEGER NOT NULL,
    at INTEGER NOT NULL,
    value TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    first_people INTEGER NOT NULL,
    last_people INTEGER NOT NULL,
    first_companies INTEGER NOT NULL,
    last_companies INTEGER NOT NULL,
    PRIMARY KEY (by, span, at, value)
  ) STRICT, WITHOUT ROWID;`;
}

/** Events without a session that refer to one: see `namedSession`. */
function referencesSchema(g: string): string {
  return `CREATE TABLE ${g}_references (
    seq INTEGER PRIMARY KEY,
    session TEXT NOT NULL,
    rank INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ${g}_references_by_session ON ${g}_references (session, rank);`;
}

function ownerIndexes(g: string, table: string): string {
  return `CREATE UNIQUE INDEX ${g}_${table}_by_key ON ${g}_${table} (key);
  CREATE INDEX ${g}_${table}_by_last ON ${g}_${table} (last_at);
  CREATE INDEX ${g}_${table}_by_first_visit ON ${g}_${table} (first_visit_at) WHERE first_visit_at IS NOT NULL;
  CREATE INDEX ${g}_${table}_by_last_visit ON ${g}_${table} (last_visit_at) WHERE last_visit_at IS NOT NULL;`;
}

const views = ["sessions", "people", "companies", "page_views", "touches"];

/** Returns the statements that make the views show a generation. */
export function viewSchema(generation: number): string {
  const g = `g${generation}`;
  const touch = (prefix: string, session: string) =>
    ["source", "medium", "campaign", "landing_page", "referrer", "country"]
      .map((column) => `${session}.${column} AS ${prefix}_${column}`)
      .join(", ");
  const summary = `o.sessions, o.pages, o.first_at, o.last_at, ${touch("first", "f")}, ${touch("last", "l")}
    FROM`;
  const origins = `LEFT JOIN ${g}_sessions AS f ON f.number = o.first_session
    LEFT JOIN ${g}_sessions AS l ON l.number = o.last_session`;
  return `${views.map((view) => `DROP VIEW IF EXISTS ${view};`).join(" ")}
  CREATE VIEW sessions AS SELECT s.id, e.id AS event_id, e.type AS event_type, s.visitor_id, s.started_at, s.ended_at,
    s.finalized_at, s.duration_seconds, s.page_count, s.source, s.medium, s.campaign, s.landing_page, s.referrer,
    s.country, s.term, s.content, s.city, s.device, s.browser, s.os, s.bot_score, s.bot, s.corporate_proxy,
    p.key AS person, s.person_name, s.person_title, s.person_email,
    c.key AS company, s.company_name, s.company_domain, s.company_employee_count
    FROM ${g}_sessions AS s JOIN events AS e ON e.seq = s.seq
    LEFT JOIN ${g}_people AS p ON p.number = s.person LEFT JOIN ${g}_companies AS c ON c.number = s.company;
  CREATE VIEW page_views AS SELECT s.id AS session, v.number % ${pagesPerSession} AS position, v.at AS viewed_at, v.path, v.url, v.title,
    v.seconds FROM ${g}_pages AS v JOIN ${g}_sessions AS s ON s.number = v.number / ${pagesPerSession};
  CREATE VIEW people AS SELECT o.key, o.name, ${titleOf("o", "title")} AS title,
    ${titleOf("o", "seniority")} AS seniority, o.email, o.email_status, o.linkedin_url, o.country,
    o.city, c.key AS company, c.name AS company_name, c.domain AS company_domain,
    ${summary} ${g}_people AS o LEFT JOIN ${g}_companies AS c ON c.number = o.company ${origins};
  CREATE VIEW companies AS SELECT o.key, o.name, o.domain, o.industry, o.employee_count, o.country, o.city,
    o.linkedin_url, o.funding_total_usd, o.monthly_visitors, o.people,
    ${summary} ${g}_companies AS o ${origins};
  CREATE VIEW touches AS SELECT s.id AS session, s.started_at, p.key AS person, c.key AS company, s.bot, s.source,
    s.medium, s.campaign, s.landing_page, s.referrer, s.country
    FROM ${g}_sessions AS s LEFT JOIN ${g}_people AS p ON p.number = s.person
    LEFT JOIN ${g}_companies AS c ON c.number = s.company WHERE s.person IS NOT NULL OR s.company IS NOT NULL;`;
}

/** Returns the expression for a column of the title: the one of an earlier company does not count. */
export function titleOf(people: string, column: "title" | "seniority"): string {
  return `iif(${people}.title_company = ${people}.company OR ${people}.title_company IS NULL OR ${people}.company IS NULL,
    ${people}.${column}, NULL)`;
}

/** Numbers of columns of tables above. */
export const [eventColumns, sessionColumns, pageColumns] = [5, 34, 6];

/** The key of a page view is that of its session times this number, plus its position. */
export const pagesPerSession = 512;

/**
 * Until then, one event described a person or a company. Tables that an earlier step of this version created have the columns
 * already; for the others a rebuild is needed, and one that is under way starts again.
 */
export function mergedDescriptions(db: DatabaseSync): string {
  const added = {
    people: ["sources TEXT", "title_company INTEGER", "employer_name TEXT", "employer_domain TEXT"],
    companies: ["sources TEXT"],
  };
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'g[0-9]*'")
    .all();
  const statements = tables.flatMap(({ name }) => {
    const columns = added[String(name).replace(/^g\d+_/, "") as keyof typeof added] ?? [];
    const has = db.prepare("SELECT name FROM pragma_table_info(?)").all(name as string);
    return columns
      .filter((column) => !has.some((each) => each["name"] === column.split(" ")[0]))
      .map((column) => `ALTER TABLE ${String(name)} ADD COLUMN ${column};`);
  });
  if (statements.length === 0) return "";
  const { generation } = db.prepare("SELECT generation FROM derivation WHERE state = 'live'").get() as {
    generation: number;
  };
  return `${statements.join(" ")}
    UPDATE derivation SET state = 'deleting' WHERE state = 'building';
    UPDATE derivation SET incomplete = 1 WHERE state = 'live' AND EXISTS (SELECT 1 FROM events);
    ${viewSchema(generation)}`;
}

/** Until then, an event without a session identified none: a rebuild is needed if there are such events. */
export function sessionReferences(db: DatabaseSync): string {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'g[0-9]*_events'").all();
  const statements = names.flatMap(({ name }) => {
    const g = String(name).replace("_events", "");
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(`${g}_references`)) return [];
    return `${referencesSchema(g)}
      UPDATE derivation SET state = 'deleting' WHERE state = 'building' AND generation = ${g.slice(1)};
      UPDATE derivation SET incomplete = 1 WHERE state = 'live' AND generation = ${g.slice(1)}
        AND EXISTS (SELECT 1 FROM ${g}_events WHERE session IS NULL);`;
  });
  return statements.join(" ");
}

export const factsSchema = `${derivationSchema} ${generationSchema(1)} ${viewSchema(1)}`;
