-- What WhatsApp said against a number, the alarms of its link, and the ledger's way through its messages.
ALTER TABLE "channel" ADD COLUMN "restriction" text;
ALTER TABLE "channel" ADD COLUMN "restrictedSince" timestamptz(3);
ALTER TABLE "channel" ADD COLUMN "restrictedUntil" timestamptz(3);
ALTER TABLE "channel" ADD COLUMN "newChatsUsed" integer;
ALTER TABLE "channel" ADD COLUMN "newChatsTotal" integer;
ALTER TABLE "channel" ADD COLUMN "newChatsUntil" timestamptz(3);

CREATE TABLE "channel_alarm" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "kind" text NOT NULL,
  "reason" text,
  "code" integer,
  "raisedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "toldAt" timestamptz(3),
  "clearedAt" timestamptz(3),
  PRIMARY KEY ("tenantId", "id")
);
ALTER TABLE "channel_alarm" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "channel_alarm" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "channel_alarm" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "channel_alarm" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_alarm" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_alarm" TO ikono_system;
-- One alarm of a kind stands at a time: whoever raises it again raises nothing.
CREATE UNIQUE INDEX channel_alarm_standing ON channel_alarm ("tenantId", "channelId", kind) WHERE "clearedAt" IS NULL;
CREATE INDEX "channel_alarm_tenantId_raisedAt_idx" ON "channel_alarm" ("tenantId", "raisedAt" DESC);

-- What concerns all companies together: a version that WhatsApp refuses, say. The operator's alone.
CREATE TABLE "operator_alarm" (
  "kind" text NOT NULL,
  "raisedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "clearedAt" timestamptz(3),
  PRIMARY KEY ("kind")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON "operator_alarm" TO ikono_system;

CREATE INDEX message_ledger ON message ("tenantId", "channelId", "createdAt" DESC, id DESC) INCLUDE (direction, status)
  WHERE direction <> 'note';
CREATE INDEX inbound_journal_dead ON inbound_journal ("tenantId", "channelId", id) WHERE "deadAt" IS NOT NULL;
