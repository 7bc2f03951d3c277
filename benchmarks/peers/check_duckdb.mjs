// New users checked as one would write it in SQL: DuckDB reads the file as text, judges all rows at
// once, finds who has the same as a row before, and writes the file with a column Errors.
//
//   node check_duckdb.mjs FOLDER IN.csv OUT.csv THREADS
//
// FOLDER is where @duckdb/node-api was installed. The columns are those of ClusterPBX. Prints a JSON
// object: rows, bad, seconds (without loading DuckDB), cpu_seconds, version.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, input, output, threads] = process.argv.slice(2);
const duckdb = createRequire(resolve(folder) + '/')('@duckdb/node-api');

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const email = String.raw`[^@\s"(),:;<>\[\]\\]{1,64}@(${label}\.)+${label}`;
const mac = '[0-9A-Fa-f]{2}([:.-]?[0-9A-Fa-f]{2}){5}';
const is = (column, pattern) => `regexp_full_match(${column}, ${quoted(pattern)})`;
const isBoolean = (column) =>
  `lower(${column}) IN ('1', '0', 'yes', 'no', 'true', 'false', 'on', 'off')`;

const columns = {
  id: 'ID', first: 'First Name', last: 'Last Name', email: 'Email', web: 'Web Password',
  secret: 'Phone Secret', pin: 'Voicemail Pin', extension: 'Extension', department: 'Department',
  language: 'Language', model: 'Phone Model ID', template: 'Provisioning Template ID',
  mac: 'Mac Address', profile: 'User Profile ID', forward: 'Forward Number',
  followme: 'Followme Number', dnd: 'DND On', waiting: 'Callwaiting on', ip: 'IP address',
};
const names = Object.keys(columns);

// [when a row has it, what it is called]; a blank cell is ''.
const faults = [
  [`length(first) NOT BETWEEN 1 AND 64`, 'First Name: 1 to 64 characters'],
  [`length(last) NOT BETWEEN 1 AND 64`, 'Last Name: 1 to 64 characters'],
  [`length(email) > 254 OR NOT ${is('email', email)}`, 'Email: no address'],
  [`pin <> '' AND NOT ${is('pin', '[0-9]{4,10}')}`, 'Voicemail Pin: 4 to 10 digits'],
  [`NOT ${is('extension', '[0-9]{2,10}')}`, 'Extension: 2 to 10 digits'],
  ...['model', 'template', 'profile'].map((column) =>
    [`${column} <> '' AND NOT ${is(column, '[A-Za-z0-9._-]{1,64}')}`,
      `${columns[column]}: no id`]),
  [`mac <> '' AND NOT ${is('mac', mac)}`, 'Mac Address: no address'],
  [`(model = '') <> (template = '')`,
    'Phone Model ID and Provisioning Template ID come together'],
  [`model <> '' AND template <> '' AND mac = ''`, 'Mac Address: a phone needs one'],
  [`forward <> '' AND NOT ${is('forward', '\\+?[0-9]{1,20}')}`, 'Forward Number: no number'],
  [`followme <> '' AND NOT ${is('followme', '\\+?[0-9]{1,20}')}`, 'Followme Number: no number'],
  [`dnd <> '' AND NOT ${isBoolean('dnd')}`, 'DND On: yes or no'],
  [`waiting <> '' AND NOT ${isBoolean('waiting')}`, 'Callwaiting on: yes or no'],
];

const judge = `
  CREATE TABLE people AS
  SELECT *, concat_ws('; ',
    ${faults.map(([when, what]) => `CASE WHEN ${when} THEN ${quoted(what)} END`).join(',\n    ')}
  ) AS faults
  FROM (
    SELECT row_number() OVER () AS row,
           ${names.map((name) => `coalesce(trim(${name}), '') AS ${name}`).join(', ')}
    FROM read_csv(${quoted(input)}, header = true, auto_detect = false,
                  delim = ',', quote = '"', escape = '"', new_line = '\\n',
                  columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}))`;

const claims = {
  Email: 'lower(email)',
  Extension: 'extension',
  'Mac Address': `CASE WHEN model <> '' AND mac <> ''
                  THEN lower(regexp_replace(mac, '[:.-]', '', 'g')) END`,
};

// The rows that want what a good row before them has. Few values are wanted twice, so the join is
// small.
const taken = ([title, key]) => `
  SELECT row, ${quoted(title + ': somebody else has it')} AS what
  FROM people JOIN (
    SELECT ${key} AS value, min(row) AS first_row FROM people
    WHERE faults = '' AND value IS NOT NULL GROUP BY ALL HAVING count(*) > 1
  ) AS wanted ON wanted.value = ${key}
  WHERE faults = '' AND row > first_row`;

const claim = `
  CREATE TABLE doubles AS SELECT row, string_agg(what, '; ') AS what
  FROM (${Object.entries(claims).map(taken).join(' UNION ALL ')}) GROUP BY row`;

// They had no fault before. (Joining instead would lose the order of the file.)
const mark = `UPDATE people SET faults = what FROM doubles WHERE people.row = doubles.row`;

const write = `
  COPY (
    SELECT ${names.map((name) => `${name} AS "${columns[name]}"`).join(', ')}, faults AS "Errors"
    FROM people
  ) TO ${quoted(output)} (HEADER, DELIMITER ',')`;

const count = `SELECT count(*), count(*) FILTER (faults <> '') FROM people`;

const instance = await duckdb.DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const cpuBefore = process.cpuUsage();
const begin = process.hrtime.bigint();
for (const step of [judge, claim, mark, write]) await connection.run(step);
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const { user, system } = process.cpuUsage(cpuBefore);
const [[rows, bad]] = (await connection.runAndReadAll(count)).getRows();
console.log(JSON.stringify({
  rows: Number(rows), bad: Number(bad), seconds, cpu_seconds: (user + system) / 1e6,
  version: duckdb.version(),
}));
