PRAGMA application_id = 1380147564;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE store (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO store VALUES('id','b674316af41a04f583ba7dd4f559f433');
INSERT INTO store VALUES('made_ms','1795315995443');
INSERT INTO store VALUES('seal_key','d31ec633b2b3db0d784a0ce2b3998fa863c50d13ed38a32a75859b8f99b092d9');
CREATE TABLE setting (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('tenant','{"password_policy":"Easy"}');
CREATE TABLE kind (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  is_listed INTEGER NOT NULL,           -- it was there from the beginning, so all of it is known
  objects INTEGER NOT NULL DEFAULT 0,   -- how many there are
  key TEXT,                             -- the field that names an object
  next_id TEXT,                         -- behind the highest; '' none; NULL: to be looked for
  rank INTEGER,
  fields TEXT
) STRICT;
INSERT INTO kind VALUES(1,'user',1,3,'login',NULL,0,'{"login": "text", "name": "text", "pin": "secret"}');
INSERT INTO kind VALUES(2,'permission_group',1,1,'name',NULL,NULL,'{"name": "text", "rank": "integer", "password_policy": "text"}');
INSERT INTO kind VALUES(3,'team',1,1,'name',NULL,NULL,'{"name": "text"}');
INSERT INTO kind VALUES(4,'password_policy',1,1,'name',NULL,NULL,'{"name": "text", "min_length": "integer", "max_length": "integer", "upper": "boolean", "lower": "boolean", "digit": "boolean", "symbol": "boolean", "forbid_login": "boolean"}');
INSERT INTO kind VALUES(5,'capacity_plan',0,0,'name',NULL,NULL,'{"name": "text"}');
CREATE TABLE shape (
  kind INTEGER NOT NULL REFERENCES kind,
  fields TEXT NOT NULL,
  PRIMARY KEY (kind, fields)
) STRICT, WITHOUT ROWID;
INSERT INTO shape VALUES(1,'{"login": "text", "first_name": "text", "last_name": "text", "password": "secret", "permission_group": "text", "web_rtc": "boolean", "extension": "digits", "primary_team": "text", "capacity_plan": "text", "active": "boolean"}');
INSERT INTO shape VALUES(1,'{"login": "text", "name": "text", "pin": "secret"}');
INSERT INTO shape VALUES(2,'{"name": "text", "rank": "integer", "password_policy": "text"}');
INSERT INTO shape VALUES(3,'{"name": "text"}');
INSERT INTO shape VALUES(4,'{"name": "text", "min_length": "integer", "max_length": "integer", "upper": "boolean", "lower": "boolean", "digit": "boolean", "symbol": "boolean", "forbid_login": "boolean"}');
INSERT INTO shape VALUES(5,'{"name": "text"}');
CREATE TABLE object (id INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
INSERT INTO object VALUES(1099511627776,'{"login":"old.hand","first_name":"Olga"}');
INSERT INTO object VALUES(1099511627777,'{"login":"ann.smith","first_name":"Ann","last_name":"Smith","password":true,"permission_group":"Agent","web_rtc":false,"primary_team":"Sales","active":true}');
INSERT INTO object VALUES(1099511627778,'{"login":"ada","name":"Ada","pin":true}');
INSERT INTO object VALUES(2199023255552,'{"name":"Agent","rank":1}');
INSERT INTO object VALUES(3298534883328,'{"name":"Sales"}');
INSERT INTO object VALUES(4398046511104,'{"name":"Easy","min_length":8}');
CREATE TABLE sought (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL REFERENCES kind,
  field TEXT NOT NULL,
  form TEXT NOT NULL,
  UNIQUE (kind, field, form)
) STRICT;
INSERT INTO sought VALUES(1,1,'login','text');
INSERT INTO sought VALUES(2,1,'extension','text');
INSERT INTO sought VALUES(3,2,'name','text');
INSERT INTO sought VALUES(4,3,'name','text');
INSERT INTO sought VALUES(5,5,'name','text');
INSERT INTO sought VALUES(6,4,'name','text');
CREATE TABLE value (
  sought INTEGER NOT NULL,
  value TEXT NOT NULL,
  object INTEGER NOT NULL,
  PRIMARY KEY (sought, value, object)
) STRICT, WITHOUT ROWID;
INSERT INTO value VALUES(1,'ada',1099511627778);
INSERT INTO value VALUES(1,'ann.smith',1099511627777);
INSERT INTO value VALUES(1,'old.hand',1099511627776);
INSERT INTO value VALUES(3,'agent',2199023255552);
INSERT INTO value VALUES(4,'sales',3298534883328);
INSERT INTO value VALUES(6,'easy',4398046511104);
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  came_from INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL,
  format TEXT NOT NULL, action TEXT NOT NULL,
  actor TEXT NOT NULL, role TEXT NOT NULL,
  created_ms INTEGER NOT NULL, started_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL,
  file TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, dialect TEXT NOT NULL,
  refusal TEXT NOT NULL,
  rows INTEGER NOT NULL, blank_rows INTEGER NOT NULL,
  created INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL, withheld INTEGER NOT NULL, stale INTEGER NOT NULL,
  failed INTEGER NOT NULL, unknown INTEGER NOT NULL, warnings INTEGER NOT NULL,
  groups INTEGER NOT NULL DEFAULT 0,         -- of its plan: so many are settled
  rows_read INTEGER NOT NULL DEFAULT 0,      -- while its file is read
  groups_planned INTEGER NOT NULL DEFAULT 0, -- 0: not known yet
  is_to_stop INTEGER NOT NULL DEFAULT 0,     -- somebody has asked for it
  purged_ms INTEGER NOT NULL DEFAULT 0,      -- when its files were removed
  secrets_made INTEGER NOT NULL DEFAULT 0,   -- of those that may be fetched
  secrets_ms INTEGER NOT NULL DEFAULT 0,     -- when they were
  findings TEXT NOT NULL,  -- about the file, as JSON
  found TEXT NOT NULL,     -- how many of each code and severity, as JSON
  plan TEXT NOT NULL,      -- that it carries out; '' none
  request TEXT NOT NULL    -- what it takes to go on with it
) STRICT;
INSERT INTO job VALUES(1,0,1,'partial','ctu','execute','Mona','clerk',1795315995527,1795315995527,1795315995622,'agents.csv','db3b8f581f71ad7cb83295370718badb616b5bc57691472974674e4c4c9284ea',149,'{"encoding":"utf-8","delimiter":",","quote":"\"","escape":null,"lenient":false}','none',2,0,1,0,0,1,0,0,0,0,0,1,0,0,0,0,0,0,'[]','{"codes":{"secret.policy":1},"severities":[1,0,0]}','6a72af09491444a603a385997480ebb0','{"format":"ctu","actor":{"name":"Mona","role":"clerk","permission_group":"Agent","teams":["Sales"]},"options":{},"quote":"\"","encoding":"utf-8","lenient":false,"limits":{"field":65536,"row":1048576,"columns":1024,"file":268435456,"rows":5000000},"atomic":false,"stale":"row","groups":1}');
INSERT INTO job VALUES(2,0,1,'partial','people','execute','Mona','clerk',1795315995682,1795315995682,1795315995770,'people.csv','7ff5576a5a0d6eb8de844d70bb79e82bfd897eabd922d10474ce5b267908d9ff',33,'{"encoding":"utf-8","delimiter":",","quote":"\"","escape":null,"lenient":false}','none',2,0,1,0,0,1,0,0,0,0,0,1,0,0,0,0,1,0,'[]','{"codes":{"value.required":1},"severities":[1,0,0]}','ed7c0be3c8fdc2ced8cdc68e86abf90a','{"schema":"{\n  \"id\": \"people\",\n  \"title\": \"People, as they once were\",\n  \"roles\": [\n    {\"name\": \"clerk\", \"may\": [\"template\", \"export\", \"validate\", \"execute\", \"undo\", \"jobs\"]}\n  ],\n  \"kinds\": [\n    {\"name\": \"user\", \"key\": {\"name\": \"login\"}, \"fields\": [{\"name\": \"name\"}, {\"name\": \"pin\", \"type\": {\"secret\": {\"digits\": true}}}]}\n  ],\n  \"columns\": [\n    {\"field\": \"login\", \"header\": \"Login\", \"on_create\": \"required\"},\n    {\"field\": \"name\", \"header\": \"Name\", \"on_create\": \"required\"},\n    {\"field\": \"pin\", \"header\": \"PIN\", \"type\": {\"secret\": {\"digits\": true}}, \"on_create\": \"generate\"}\n  ],\n  \"objects\": [\n    {\"kind\": \"user\", \"key\": \"login\", \"create\": \"true\"}\n  ],\n  \"result\": {\n    \"columns\": [{\"header\": \"Status\", \"value\": \"row.outcome\"}],\n    \"error_rows\": true\n  },\n  \"exports\": {\n    \"kind\": \"user\",\n    \"order\": \"login\",\n    \"file_name\": \"people.csv\"\n  }\n}\n","actor":{"name":"Mona","role":"clerk","permission_group":"Agent","teams":["Sales"]},"options":{},"quote":"\"","encoding":"utf-8","lenient":false,"limits":{"field":65536,"row":1048576,"columns":1024,"file":268435456,"rows":5000000},"atomic":false,"stale":"row","groups":1}');
INSERT INTO job VALUES(3,0,1,'running','people','execute','Mona','clerk',1795315995810,1795315995810,0,'f','',0,'{"encoding":"utf-8","delimiter":null,"quote":"\"","escape":null,"lenient":false}','none',0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,'[]','{"codes":{},"severities":[0,0,0]}','','{"schema":"{\n  \"id\": \"people\",\n  \"title\": \"People, as they once were\",\n  \"roles\": [\n    {\"name\": \"clerk\", \"may\": [\"template\", \"export\", \"validate\", \"execute\", \"undo\", \"jobs\"]}\n  ],\n  \"kinds\": [\n    {\"name\": \"user\", \"key\": {\"name\": \"login\"}, \"fields\": [{\"name\": \"name\"}, {\"name\": \"pin\", \"type\": {\"secret\": {\"digits\": true}}}]}\n  ],\n  \"columns\": [\n    {\"field\": \"login\", \"header\": \"Login\", \"on_create\": \"required\"},\n    {\"field\": \"name\", \"header\": \"Name\", \"on_create\": \"required\"},\n    {\"field\": \"pin\", \"header\": \"PIN\", \"type\": {\"secret\": {\"digits\": true}}, \"on_create\": \"generate\"}\n  ],\n  \"objects\": [\n    {\"kind\": \"user\", \"key\": \"login\", \"create\": \"true\"}\n  ],\n  \"result\": {\n    \"columns\": [{\"header\": \"Status\", \"value\": \"row.outcome\"}],\n    \"error_rows\": true\n  },\n  \"exports\": {\n    \"kind\": \"user\",\n    \"order\": \"login\",\n    \"file_name\": \"people.csv\"\n  }\n}\n","actor":{"name":"Mona","role":"clerk","permission_group":"Agent","teams":["Sales"]},"options":{},"quote":"\"","encoding":"utf-8","lenient":false,"limits":{"field":65536,"row":1048576,"columns":1024,"file":268435456,"rows":5000000},"atomic":false,"stale":"row"}');
CREATE TABLE plan_used (plan TEXT PRIMARY KEY, job INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO plan_used VALUES('6a72af09491444a603a385997480ebb0',1);
INSERT INTO plan_used VALUES('ed7c0be3c8fdc2ced8cdc68e86abf90a',2);
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES job,
  name TEXT NOT NULL,
  is_whole INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO artifact VALUES(1,1,'source',1,149);
INSERT INTO artifact VALUES(2,1,'plan',1,1710);
INSERT INTO artifact VALUES(3,2,'source',1,33);
INSERT INTO artifact VALUES(4,2,'plan',1,1088);
INSERT INTO artifact VALUES(5,3,'source',0,0);
CREATE TABLE piece (
  artifact INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (artifact, number)
) STRICT;
INSERT INTO piece VALUES(1,0,X'4669727374204e616d652c4c617374204e616d652c4c6f67696e2c50617373776f72642c5065726d697373696f6e2047726f75702c5072696d617279205465616d0a416e6e2c536d6974682c616e6e2e736d6974682c57656c636f6d652d416e6e312c4167656e742c53616c65730a426f622c4a6f6e65732c626f622e6a6f6e65732c73686f72742c4167656e742c53616c65730a');
INSERT INTO piece VALUES(2,0,X'7b22706c616e223a7b2276657273696f6e223a5b312c315d2c226964223a223661373261663039343931343434613630336133383539393734383065626230222c2273746f7265223a226236373433313661663431613034663538336261376464346635353966343333222c22666f726d6174223a22637475222c22736368656d61223a2234363861646565346362613335313233613363623964336234323362363738356464623835653232616135663731653435363566343264333136343032326532222c2266696c65223a226167656e74732e637376222c22656e636f64696e67223a227574662d38222c2264656c696d69746572223a222c222c2271756f7465223a225c22222c22686561646572223a224669727374204e616d652c4c617374204e616d652c4c6f67696e2c50617373776f72642c5065726d697373696f6e2047726f75702c5072696d617279205465616d222c226163746f72223a7b226e616d65223a224d6f6e61222c22726f6c65223a22636c65726b222c227065726d697373696f6e5f67726f7570223a224167656e74222c227465616d73223a5b2253616c6573225d7d2c226f7074696f6e73223a7b7d2c2273657474696e6773223a7b2270617373776f72645f706f6c696379223a2245617379227d7d7d0a7b22726f77223a312c226c696e65223a322c226b6579223a22616e6e2e736d697468222c226f7574636f6d65223a2263726561746564222c226368616e676573223a5b7b226f70223a22637265617465222c226b696e64223a2275736572222c226b6579223a22616e6e2e736d697468222c226669656c6473223a7b2266697273745f6e616d65223a5b6e756c6c2c22416e6e225d2c226c6173745f6e616d65223a5b6e756c6c2c22536d697468225d2c2270617373776f7264223a5b6e756c6c2c7b22736563726574223a22636f6c756d6e227d5d2c227065726d697373696f6e5f67726f7570223a5b6e756c6c2c224167656e74225d2c227765625f727463223a5b6e756c6c2c66616c73655d2c227072696d6172795f7465616d223a5b6e756c6c2c2253616c6573225d2c22616374697665223a5b6e756c6c2c747275655d7d7d5d2c227265616473223a5b7b226b696e64223a227065726d697373696f6e5f67726f7570222c226b6579223a224167656e74222c226669656c6473223a7b2270617373776f72645f706f6c696379223a6e756c6c2c2272616e6b223a317d7d2c7b226b696e64223a227465616d222c226b6579223a2253616c6573227d2c7b226b696e64223a2270617373776f72645f706f6c696379222c226b6579223a2245617379222c226669656c6473223a7b226d696e5f6c656e677468223a382c226d61785f6c656e677468223a6e756c6c2c227570706572223a6e756c6c2c226c6f776572223a6e756c6c2c226469676974223a6e756c6c2c2273796d626f6c223a6e756c6c2c22666f726269645f6c6f67696e223a6e756c6c7d7d5d2c226c6f7374223a5b7b226f626a656374223a2275736572222c226f66223a22616e6e2e736d697468227d5d7d0a7b22726f77223a322c226c696e65223a332c226b6579223a22626f622e6a6f6e6573222c226f7574636f6d65223a2272656a6563746564222c2266696e64696e6773223a5b7b227365766572697479223a226572726f72222c22636f6465223a227365637265742e706f6c696379222c22636f6c756d6e223a2250617373776f7264222c2263656c6c223a332c2273617973223a227468652070617373776f7264206e6565647320382063686172616374657273206f72206d6f7265227d5d7d0a7b22656e64223a7b22736861323536223a2264623362386635383166373161643763623833323935333730373138626164623631366235626335373639313437323937343637346534633463393238346561222c226279746573223a3134392c22726f7773223a322c22626c616e6b5f726f7773223a302c2267726f757073223a312c2263726561746564223a312c2272656a6563746564223a312c227761726e696e6773223a302c226170706c7961626c65223a747275652c22636f6d706c657465223a66616c73652c22636f646573223a7b227365637265742e706f6c696379223a317d2c22646967657374223a2234366231393435386230396535613932323664653536353066373139356536306433656231316562313933313835323062353833333636616332316161653666222c227365616c223a2239396637396564383739636638646464363833393338363536323038356263636433303336663230623631376363353833633563343764353634333834653161227d7d0a');
INSERT INTO piece VALUES(3,0,X'4c6f67696e2c4e616d652c50494e0a6164612c4164612c0a2c4e6f626f64792c0a');
INSERT INTO piece VALUES(4,0,X'7b22706c616e223a7b2276657273696f6e223a5b312c315d2c226964223a226564376330626533633866646332636564386364633638653836616266393061222c2273746f7265223a226236373433313661663431613034663538336261376464346635353966343333222c22666f726d6174223a2270656f706c65222c22736368656d61223a2238613533663265343862376235656162363165616562643163393835303865336632363833653732303462306435316237636366383039373237353839393337222c2266696c65223a2270656f706c652e637376222c22656e636f64696e67223a227574662d38222c2264656c696d69746572223a222c222c2271756f7465223a225c22222c22686561646572223a224c6f67696e2c4e616d652c50494e222c226163746f72223a7b226e616d65223a224d6f6e61222c22726f6c65223a22636c65726b222c227065726d697373696f6e5f67726f7570223a224167656e74222c227465616d73223a5b2253616c6573225d7d2c226f7074696f6e73223a7b7d2c2273657474696e6773223a7b7d7d7d0a7b22726f77223a312c226c696e65223a322c226b6579223a22616461222c226f7574636f6d65223a2263726561746564222c226368616e676573223a5b7b226f70223a22637265617465222c226b696e64223a2275736572222c226b6579223a22616461222c226669656c6473223a7b226e616d65223a5b6e756c6c2c22416461225d2c2270696e223a5b6e756c6c2c7b22736563726574223a2267656e657261746564227d5d7d7d5d7d0a7b22726f77223a322c226c696e65223a332c226f7574636f6d65223a2272656a6563746564222c2266696e64696e6773223a5b7b227365766572697479223a226572726f72222c22636f6465223a2276616c75652e7265717569726564222c22636f6c756d6e223a224c6f67696e222c2263656c6c223a307d5d7d0a7b22656e64223a7b22736861323536223a2237666635353736613561306436656238646538343464373062623739653832626664383937656162643932326431303437346365356232363739303864396666222c226279746573223a33332c22726f7773223a322c22626c616e6b5f726f7773223a302c2267726f757073223a312c2263726561746564223a312c2272656a6563746564223a312c227761726e696e6773223a302c226170706c7961626c65223a747275652c22636f6d706c657465223a66616c73652c22636f646573223a7b2276616c75652e7265717569726564223a317d2c22646967657374223a2234613864346134616465653163363566343261613163343536643735393866396361373239326165616531343262363161376663386363363063346164613966222c227365616c223a2261393537643161356238353164313235393866613936643239353738333633323037646566383130313039643336636239653363383130386433343130633534227d7d0a');
CREATE TABLE intended (operation TEXT PRIMARY KEY, job INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE exception (
  job INTEGER NOT NULL,
  group_number INTEGER NOT NULL,
  row INTEGER NOT NULL,
  fate TEXT NOT NULL,
  why TEXT NOT NULL,        -- a finding as JSON
  operation TEXT NOT NULL,
  keys TEXT NOT NULL,       -- as a JSON list
  PRIMARY KEY (job, group_number)
) STRICT, WITHOUT ROWID;
CREATE TABLE secret (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  is_settled INTEGER NOT NULL,
  is_shown INTEGER NOT NULL,  -- may be fetched, and was not yet
  waiting INTEGER NOT NULL,   -- so many effects need it
  operation TEXT NOT NULL, change INTEGER NOT NULL, field TEXT NOT NULL,
  kind TEXT NOT NULL, key TEXT NOT NULL, row INTEGER NOT NULL, line INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT;
INSERT INTO secret VALUES(1,2,1,1,0,'ed7c0be3c8fdc2ced8cdc68e86abf90a-1',0,'pin','user','ada',1,2,'4456713457970864');
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  row INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  op TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1,1,1795315995574,'Mona','user','ann.smith','create','{"first_name":[null,"Ann"],"last_name":[null,"Smith"],"password":[null,{"secret":"column"}],"permission_group":[null,"Agent"],"web_rtc":[null,false],"primary_team":[null,"Sales"],"active":[null,true]}');
INSERT INTO audit VALUES(2,2,1,1795315995726,'Mona','user','ada','create','{"name":[null,"Ada"],"pin":[null,{"secret":"generated"}]}');
CREATE TABLE audit_of_object (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  audit INTEGER NOT NULL,
  PRIMARY KEY (kind, key, audit)
) STRICT, WITHOUT ROWID;
CREATE TABLE access (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  job INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;
INSERT INTO access VALUES(1,1795315999327,'Mona','list jobs',0,'');
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL,
  operation TEXT NOT NULL,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting'
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('job',3);
INSERT INTO sqlite_sequence VALUES('access',1);
CREATE UNIQUE INDEX artifact_of_job ON artifact (job, name) WHERE is_whole = 1;
CREATE INDEX intended_of_job ON intended (job);
CREATE INDEX secret_of_operation ON secret (job, operation);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE INDEX access_to_job ON access (job);
CREATE TRIGGER access_is_not_changed BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'the log of accesses is append-only'); END;
CREATE TRIGGER access_is_not_deleted BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'the log of accesses is append-only'); END;
CREATE INDEX outbox_waiting ON outbox (job) WHERE state = 'waiting';
COMMIT;
