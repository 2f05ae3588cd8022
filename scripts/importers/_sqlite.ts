/** Rows of a table, in the columns that are named; a table that is not there has none. */
export type Table = (name: string, columns: readonly string[], order?: string) => unknown[][];

/**
 * Opens a SQLite file for reading with Node's own reader, which Node has from 22.5 on. `warning` says in a sentence why nothing can
 * be read; every table is empty then.
 */
export async function openSqlite(path: string): Promise<{ table: Table; warning: string | null }> {
  const nothing: Table = () => [];
  const loaded = await loadSqlite();
  if (loaded === null)
    return { table: nothing, warning: `${path} was not read: this Node (${process.versions.node}) has no SQLite; take Node 24` };
  try {
    const database = new loaded.DatabaseSync(path, { readOnly: true });
    const has = new Set(
      database
        .prepare("select name from sqlite_master where type = 'table'")
        .all()
        .map(({ name }) => String(name)),
    );
    const table: Table = (name, columns, order) => {
      if (!has.has(name)) return [];
      const query = `select ${columns.map((column) => `"${column}"`).join(", ")} from "${name}"${order === undefined ? "" : ` order by "${order}"`}`;
      return database
        .prepare(query)
        .all()
        .map((row) => columns.map((column) => row[column]));
    };
    return { table, warning: null };
  } catch (error) {
    return { table: nothing, warning: `${path} was not read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Node says that its SQLite is an experiment, on stderr and to everybody: that is no news for who imports a run. */
async function loadSqlite(): Promise<typeof import("node:sqlite") | null> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await import("node:sqlite");
  } catch {
    return null;
  } finally {
    process.emitWarning = emitWarning;
  }
}
