-- Messages of every kind: files, quotes, reactions, edits and deletions.

ALTER TABLE "attachment"
  ALTER COLUMN "messageId" DROP NOT NULL,
  ALTER COLUMN "bytes" TYPE bigint,
  ADD COLUMN "channelId" uuid,
  ADD COLUMN "state" text NOT NULL DEFAULT 'stored' CHECK ("state" IN ('waiting', 'stored', 'failed', 'gone')),
  ADD COLUMN "source" bytea,
  ADD COLUMN "sha256" text,
  ADD COLUMN "width" integer,
  ADD COLUMN "height" integer,
  ADD COLUMN "seconds" integer,
  ADD COLUMN "waveform" integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN "thumbnail" bytea,
  ADD COLUMN "uploadedById" uuid,
  ADD COLUMN "attempts" integer NOT NULL DEFAULT 0,
  ADD COLUMN "notBefore" timestamptz(3),
  ADD COLUMN "lastError" text;
CREATE INDEX attachment_waiting ON attachment ("tenantId", "channelId", id) WHERE state = 'waiting';

ALTER TABLE "message"
  ADD COLUMN "quotedId" uuid,
  ADD COLUMN "quote" jsonb,
  ADD COLUMN "editedAt" timestamptz(3),
  ADD COLUMN "deletedAt" timestamptz(3);

CREATE TABLE "message_version" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "messageId" uuid NOT NULL,
  "text" text NOT NULL,
  "at" timestamptz(3) NOT NULL,
  PRIMARY KEY ("tenantId", "id")
);
ALTER TABLE "message_version" ADD CONSTRAINT "message_version_tenantId_messageId_fkey" FOREIGN KEY ("tenantId", "messageId") REFERENCES "message" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "message_version_tenantId_messageId_at_idx" ON "message_version" ("tenantId", "messageId", "at");

CREATE TABLE "message_reaction" (
  "tenantId" uuid NOT NULL,
  "messageId" uuid NOT NULL,
  "authorKind" text NOT NULL CHECK ("authorKind" IN ('customer', 'member', 'phone')),
  "authorId" text NOT NULL DEFAULT '',
  "emoji" text NOT NULL,
  "at" timestamptz(3) NOT NULL,
  PRIMARY KEY ("tenantId", "messageId", "authorKind", "authorId")
);
ALTER TABLE "message_reaction" ADD CONSTRAINT "message_reaction_tenantId_messageId_fkey" FOREIGN KEY ("tenantId", "messageId") REFERENCES "message" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- What goes out about a message that is there already keeps its place in the chat's order.
ALTER TABLE "outbox"
  ADD COLUMN "action" text NOT NULL DEFAULT 'message' CHECK ("action" IN ('message', 'reaction', 'edit', 'deletion')),
  ADD COLUMN "messageId" uuid,
  ADD COLUMN "words" text;

-- Forged edits and deletions: ignored, and counted here.
ALTER TABLE "channel" ADD COLUMN "ignoredEvents" integer NOT NULL DEFAULT 0;

ALTER TABLE "message_version" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "message_version" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "message_version" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "message_version" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "message_version" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "message_version" TO ikono_system;
ALTER TABLE "message_reaction" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "message_reaction" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "message_reaction" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "message_reaction" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "message_reaction" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "message_reaction" TO ikono_system;
