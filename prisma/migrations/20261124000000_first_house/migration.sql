-- The first house: every table, key, index, check, policy and grant.
-- Group roles ikono_app and ikono_system exist before this runs (scripts/database/roles.mjs, or an operator's own hand).

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION stamp_changed_tx() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The cursor of sync.since: a reader compares it with pg_snapshot_xmin, so no commit can slip between two reads.
  NEW."changedTx" := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;

CREATE TABLE "user" (
  "id" uuid NOT NULL,
  "email" text NOT NULL,
  "name" text NOT NULL,
  "passwordHash" text NOT NULL,
  "locale" text NOT NULL DEFAULT 'es',
  "theme" text NOT NULL DEFAULT 'auto',
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("id")
);

CREATE TABLE "user_session" (
  "id" uuid NOT NULL,
  "userId" uuid NOT NULL,
  "device" text NOT NULL DEFAULT '',
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "lastSeenAt" timestamptz(3) NOT NULL DEFAULT now(),
  "revokedAt" timestamptz(3),
  PRIMARY KEY ("id")
);

CREATE TABLE "password_reset" (
  "tokenHash" text NOT NULL,
  "userId" uuid NOT NULL,
  "expiresAt" timestamptz(3) NOT NULL,
  "usedAt" timestamptz(3),
  PRIMARY KEY ("tokenHash")
);

CREATE TABLE "rate_limit" (
  "key" text NOT NULL,
  "points" integer NOT NULL DEFAULT 0,
  "expire" bigint,
  PRIMARY KEY ("key")
);

CREATE TABLE "tenant" (
  "id" uuid NOT NULL,
  "slug" text NOT NULL,
  "name" text NOT NULL,
  "country" text NOT NULL,
  "timeZone" text NOT NULL,
  "locale" text NOT NULL,
  "settings" jsonb NOT NULL DEFAULT '{}',
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("id")
);

CREATE TABLE "business_hours" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "validFrom" date NOT NULL,
  "weekday" integer NOT NULL,
  "opensMinute" integer NOT NULL,
  "closesMinute" integer NOT NULL,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "holiday" (
  "tenantId" uuid NOT NULL,
  "day" date NOT NULL,
  "name" text NOT NULL,
  PRIMARY KEY ("tenantId", "day")
);

CREATE TABLE "audit_entry" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "at" timestamptz(3) NOT NULL DEFAULT now(),
  "actorKind" text NOT NULL,
  "actorId" uuid,
  "action" text NOT NULL,
  "target" text NOT NULL,
  "before" jsonb,
  "after" jsonb,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "membership" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "userId" uuid NOT NULL,
  "role" text NOT NULL CHECK ("role" IN ('owner', 'admin', 'supervisor', 'agent')),
  "version" integer NOT NULL DEFAULT 1,
  "name" text NOT NULL,
  "availability" text NOT NULL DEFAULT 'available' CHECK ("availability" IN ('available', 'away', 'offline')),
  "awayReason" text,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "removedAt" timestamptz(3),
  "changedTx" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "team" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "colour" integer NOT NULL DEFAULT 1,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "archivedAt" timestamptz(3),
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "team_member" (
  "tenantId" uuid NOT NULL,
  "teamId" uuid NOT NULL,
  "memberId" uuid NOT NULL,
  PRIMARY KEY ("tenantId", "teamId", "memberId")
);

CREATE TABLE "member_load" (
  "tenantId" uuid NOT NULL,
  "memberId" uuid NOT NULL,
  "active" integer NOT NULL DEFAULT 0,
  "capacity" integer NOT NULL DEFAULT 8,
  "lastAssignedAt" timestamptz(3),
  PRIMARY KEY ("tenantId", "memberId")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "menu" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "publishedId" uuid,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "menu_version" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "menuId" uuid NOT NULL,
  "number" integer NOT NULL,
  "definition" jsonb NOT NULL,
  "createdById" uuid,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "publishedAt" timestamptz(3),
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "channel" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "kind" text NOT NULL,
  "name" text NOT NULL,
  "address" text,
  "wanted" boolean NOT NULL DEFAULT true,
  "state" text NOT NULL DEFAULT 'disconnected',
  "stateReason" text,
  "stateSince" timestamptz(3) NOT NULL DEFAULT now(),
  "lastInAt" timestamptz(3),
  "lastOutAt" timestamptz(3),
  "menuId" uuid,
  "defaultTeamId" uuid,
  "settings" jsonb NOT NULL DEFAULT '{}',
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "archivedAt" timestamptz(3),
  "changedTx" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "channel_credential" (
  "tenantId" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "type" text NOT NULL,
  "keyId" text NOT NULL,
  "value" bytea NOT NULL,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "channelId", "type", "keyId")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "channel_pairing" (
  "tenantId" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "code" bytea NOT NULL,
  "again" boolean NOT NULL DEFAULT false,
  "expiresAt" timestamptz(3) NOT NULL,
  PRIMARY KEY ("tenantId", "channelId")
);

CREATE TABLE "channel_state_change" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "state" text NOT NULL,
  "reason" text,
  "code" integer,
  "at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "channel_lease" (
  "tenantId" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "workerId" uuid NOT NULL,
  "fence" bigint NOT NULL,
  "expiresAt" timestamptz(3) NOT NULL,
  PRIMARY KEY ("tenantId", "channelId")
);

CREATE TABLE "worker" (
  "id" uuid NOT NULL,
  "startedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "heartbeatAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("id")
);

CREATE TABLE "inbound_journal" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "orderKey" text NOT NULL,
  "payload" jsonb NOT NULL,
  "receivedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "attempts" integer NOT NULL DEFAULT 0,
  "notBefore" timestamptz(3),
  "deadAt" timestamptz(3),
  "lastError" text,
  PRIMARY KEY ("tenantId", "id")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "contact" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "phone" text,
  "searchText" text GENERATED ALWAYS AS (lower(translate(name,
    'áéíóúàèìòùâêîôûãõäëïöüñçÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÃÕÄËÏÖÜÑÇ', 'aeiouaeiouaeiouaoaeiouncAEIOUAEIOUAEIOUAOAEIOUNC')) || ' ' || COALESCE(phone, '')) STORED NOT NULL,
  "firstInboundAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "changedTx" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "contact_identity" (
  "tenantId" uuid NOT NULL,
  "kind" text NOT NULL,
  "value" text NOT NULL,
  "contactId" uuid NOT NULL,
  "phone" text,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "kind", "value")
);

CREATE TABLE "conversation" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "contactId" uuid NOT NULL,
  "state" text GENERATED ALWAYS AS (CASE
    WHEN "resolvedAt" IS NOT NULL THEN 'resolved'
    WHEN "assigneeId" IS NULL THEN 'open'
    WHEN "waitingSince" IS NOT NULL THEN 'pending'
    ELSE 'follow-up' END) STORED NOT NULL,
  "openedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "openedBy" text NOT NULL DEFAULT 'customer' CHECK ("openedBy" IN ('customer', 'member', 'api', 'campaign')),
  "assigneeId" uuid,
  "assignedAt" timestamptz(3),
  "firstAssignedAt" timestamptz(3),
  "teamId" uuid,
  "optionId" text,
  "optionLabel" text,
  "waitingSince" timestamptz(3),
  "lineSince" timestamptz(3),
  "firstLineAt" timestamptz(3),
  "firstAnsweredAt" timestamptz(3),
  "phoneAnsweredAt" timestamptz(3),
  "abandonedAt" timestamptz(3),
  "botStopped" boolean NOT NULL DEFAULT false,
  "resolvedAt" timestamptz(3),
  "resolvedById" uuid,
  "resolution" text CHECK ("resolution" IN ('person', 'silence', 'merged')),
  "beforeResolution" jsonb,
  "previousId" uuid,
  "mergedIntoId" uuid,
  "nextTimerAt" timestamptz(3),
  "lastMessageAt" timestamptz(3) NOT NULL DEFAULT now(),
  "sortAt" timestamptz(3) GENERATED ALWAYS AS (COALESCE("waitingSince", "lastMessageAt")) STORED NOT NULL,
  "lastMessageId" uuid,
  "previewText" text NOT NULL DEFAULT '',
  "previewKind" text NOT NULL DEFAULT 'text',
  "previewDirection" text NOT NULL DEFAULT 'in' CHECK ("previewDirection" IN ('in', 'out', 'note')),
  "previewAuthor" text NOT NULL DEFAULT 'customer',
  "previewStatus" text,
  "inboundCount" integer NOT NULL DEFAULT 0,
  "changedTx" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenantId", "id")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "conversation_read" (
  "tenantId" uuid NOT NULL,
  "memberId" uuid NOT NULL,
  "conversationId" uuid NOT NULL,
  "inboundCount" integer NOT NULL,
  "readAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "memberId", "conversationId")
);

CREATE TABLE "message" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "conversationId" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "externalId" text,
  "direction" text NOT NULL CHECK ("direction" IN ('in', 'out', 'note')),
  "authorKind" text NOT NULL CHECK ("authorKind" IN ('customer', 'member', 'phone', 'bot', 'api', 'system')),
  "authorId" uuid,
  "kind" text NOT NULL DEFAULT 'text',
  "text" text NOT NULL DEFAULT '',
  "content" jsonb,
  "status" text CHECK ("status" IN ('queued', 'sent', 'delivered', 'read', 'failed')),
  "failureCode" text,
  "failureFinal" boolean NOT NULL DEFAULT false,
  "at" timestamptz(3) NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "sentAt" timestamptz(3),
  "deliveredAt" timestamptz(3),
  "readAt" timestamptz(3),
  "changedTx" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "attachment" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "messageId" uuid NOT NULL,
  "kind" text NOT NULL,
  "fileName" text NOT NULL,
  "mediaType" text NOT NULL,
  "bytes" integer NOT NULL,
  "storageKey" text NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "conversation_event" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "conversationId" uuid NOT NULL,
  "type" text NOT NULL,
  "at" timestamptz(3) NOT NULL,
  "day" date NOT NULL,
  "actorKind" text NOT NULL,
  "actorId" uuid,
  "channelId" uuid NOT NULL,
  "memberId" uuid,
  "fromMemberId" uuid,
  "teamId" uuid,
  "fromTeamId" uuid,
  "optionId" text,
  "optionLabel" text,
  "messageId" uuid,
  "reason" text,
  "seconds" integer,
  "businessSeconds" integer,
  "waitSeconds" integer,
  "waitBusinessSeconds" integer,
  "data" jsonb,
  PRIMARY KEY ("tenantId", "id")
);

CREATE TABLE "daily_rollup" (
  "tenantId" uuid NOT NULL,
  "dimension" text NOT NULL,
  "day" date NOT NULL,
  "dimensionId" text NOT NULL,
  "newChats" integer NOT NULL DEFAULT 0,
  "incoming" integer NOT NULL DEFAULT 0,
  "resolved" integer NOT NULL DEFAULT 0,
  "autoResolved" integer NOT NULL DEFAULT 0,
  "responses" integer NOT NULL DEFAULT 0,
  "responseSeconds" bigint NOT NULL DEFAULT 0,
  "waitSeconds" bigint NOT NULL DEFAULT 0,
  "firstResponses" integer NOT NULL DEFAULT 0,
  "firstResponseSeconds" bigint NOT NULL DEFAULT 0,
  "responseBuckets" integer[] NOT NULL DEFAULT '{}',
  PRIMARY KEY ("tenantId", "dimension", "day", "dimensionId")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "announcement" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "channels" text[] NOT NULL,
  "event" jsonb NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "id")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "menu_position" (
  "tenantId" uuid NOT NULL,
  "conversationId" uuid NOT NULL,
  "menuVersionId" uuid NOT NULL,
  "screenId" text NOT NULL,
  "misses" integer NOT NULL DEFAULT 0,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "conversationId")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE "outbox" (
  "tenantId" uuid NOT NULL,
  "id" uuid NOT NULL,
  "channelId" uuid NOT NULL,
  "conversationId" uuid NOT NULL,
  "state" text NOT NULL DEFAULT 'queued' CHECK ("state" IN ('queued', 'sending')),
  "attempts" integer NOT NULL DEFAULT 0,
  "notBefore" timestamptz(3),
  "claimedFence" bigint,
  "claimedAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("tenantId", "id")
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- Keys between tables, and indexes that the schema language can say.

CREATE UNIQUE INDEX "user_email_key" ON "user" ("email");
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "user_session_userId_idx" ON "user_session" ("userId");
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant" ("slug");
CREATE INDEX "business_hours_tenantId_validFrom_idx" ON "business_hours" ("tenantId", "validFrom");
ALTER TABLE "membership" ADD CONSTRAINT "membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE UNIQUE INDEX "membership_tenantId_userId_key" ON "membership" ("tenantId", "userId");
CREATE INDEX "membership_userId_idx" ON "membership" ("userId");
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_tenantId_teamId_fkey" FOREIGN KEY ("tenantId", "teamId") REFERENCES "team" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_tenantId_memberId_fkey" FOREIGN KEY ("tenantId", "memberId") REFERENCES "membership" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "team_member_tenantId_memberId_idx" ON "team_member" ("tenantId", "memberId");
ALTER TABLE "member_load" ADD CONSTRAINT "member_load_tenantId_memberId_fkey" FOREIGN KEY ("tenantId", "memberId") REFERENCES "membership" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "menu_version" ADD CONSTRAINT "menu_version_tenantId_menuId_fkey" FOREIGN KEY ("tenantId", "menuId") REFERENCES "menu" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE UNIQUE INDEX "menu_version_tenantId_menuId_number_key" ON "menu_version" ("tenantId", "menuId", "number");
ALTER TABLE "channel" ADD CONSTRAINT "channel_tenantId_menuId_fkey" FOREIGN KEY ("tenantId", "menuId") REFERENCES "menu" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "channel" ADD CONSTRAINT "channel_tenantId_defaultTeamId_fkey" FOREIGN KEY ("tenantId", "defaultTeamId") REFERENCES "team" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE INDEX "channel_state_change_tenantId_channelId_at_idx" ON "channel_state_change" ("tenantId", "channelId", "at" DESC);
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_tenantId_contactId_fkey" FOREIGN KEY ("tenantId", "contactId") REFERENCES "contact" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "contact_identity_tenantId_contactId_idx" ON "contact_identity" ("tenantId", "contactId");
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenantId_channelId_fkey" FOREIGN KEY ("tenantId", "channelId") REFERENCES "channel" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenantId_contactId_fkey" FOREIGN KEY ("tenantId", "contactId") REFERENCES "contact" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenantId_assigneeId_fkey" FOREIGN KEY ("tenantId", "assigneeId") REFERENCES "membership" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenantId_teamId_fkey" FOREIGN KEY ("tenantId", "teamId") REFERENCES "team" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE INDEX "conversation_tenantId_contactId_openedAt_idx" ON "conversation" ("tenantId", "contactId", "openedAt" DESC);
CREATE INDEX "conversation_read_tenantId_conversationId_idx" ON "conversation_read" ("tenantId", "conversationId");
ALTER TABLE "message" ADD CONSTRAINT "message_tenantId_conversationId_fkey" FOREIGN KEY ("tenantId", "conversationId") REFERENCES "conversation" ("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE UNIQUE INDEX "message_tenantId_channelId_externalId_key" ON "message" ("tenantId", "channelId", "externalId");
CREATE INDEX "message_tenantId_conversationId_at_id_idx" ON "message" ("tenantId", "conversationId", "at" DESC, "id" DESC);
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_tenantId_messageId_fkey" FOREIGN KEY ("tenantId", "messageId") REFERENCES "message" ("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "attachment_tenantId_messageId_idx" ON "attachment" ("tenantId", "messageId");
CREATE INDEX "conversation_event_tenantId_conversationId_id_idx" ON "conversation_event" ("tenantId", "conversationId", "id");
CREATE INDEX "conversation_event_tenantId_type_day_idx" ON "conversation_event" ("tenantId", "type", "day");

-- Indexes by hand: partial ones, which the schema language cannot say. A test asks for each by name.
CREATE UNIQUE INDEX conversation_one_unresolved ON conversation ("tenantId", "channelId", "contactId") WHERE "resolvedAt" IS NULL;
CREATE INDEX conversation_live_wait ON conversation ("tenantId", state, "sortAt", id) WHERE "resolvedAt" IS NULL;
CREATE INDEX conversation_live_recent ON conversation ("tenantId", "lastMessageAt" DESC, id DESC) WHERE "resolvedAt" IS NULL;
CREATE INDEX conversation_mine ON conversation ("tenantId", "assigneeId", state, "sortAt", id) WHERE "resolvedAt" IS NULL;
CREATE INDEX conversation_team ON conversation ("tenantId", "teamId", state, "sortAt", id) WHERE "resolvedAt" IS NULL;
CREATE INDEX conversation_line ON conversation ("tenantId", "lineSince", id) WHERE "resolvedAt" IS NULL AND "lineSince" IS NOT NULL;
CREATE INDEX conversation_resolved ON conversation ("tenantId", "lastMessageAt" DESC, id DESC) WHERE "resolvedAt" IS NOT NULL;
CREATE INDEX conversation_changed ON conversation ("tenantId", "changedTx");
CREATE INDEX message_changed ON message ("tenantId", "changedTx");
-- The sweep of timers goes over all companies at once, so time leads.
CREATE INDEX conversation_timer ON conversation ("nextTimerAt", "tenantId") WHERE "nextTimerAt" IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox ("tenantId", "channelId", "conversationId", id);
-- One in flight per conversation, held by the database and not by good manners.
CREATE UNIQUE INDEX outbox_one_in_flight ON outbox ("tenantId", "channelId", "conversationId") WHERE state = 'sending';
CREATE INDEX inbound_journal_waiting ON inbound_journal ("tenantId", "channelId", id) WHERE "deadAt" IS NULL;

CREATE TRIGGER stamp_changed_tx BEFORE INSERT OR UPDATE ON "membership" FOR EACH ROW EXECUTE FUNCTION stamp_changed_tx();
CREATE TRIGGER stamp_changed_tx BEFORE INSERT OR UPDATE ON "channel" FOR EACH ROW EXECUTE FUNCTION stamp_changed_tx();
CREATE TRIGGER stamp_changed_tx BEFORE INSERT OR UPDATE ON "contact" FOR EACH ROW EXECUTE FUNCTION stamp_changed_tx();
CREATE TRIGGER stamp_changed_tx BEFORE INSERT OR UPDATE ON "conversation" FOR EACH ROW EXECUTE FUNCTION stamp_changed_tx();
CREATE TRIGGER stamp_changed_tx BEFORE INSERT OR UPDATE ON "message" FOR EACH ROW EXECUTE FUNCTION stamp_changed_tx();

-- Jobs join the caller's transaction. add_job as the app role would fail on graphile-worker's own row security.
CREATE FUNCTION enqueue_job(job_name text, payload json, dedupe_key text, run_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(job_name, payload, run_at => enqueue_job.run_at, job_key => dedupe_key);
END $$;
REVOKE ALL ON FUNCTION enqueue_job(text, json, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job(text, json, text, timestamptz) TO ikono_app, ikono_system;

-- The third lock: row-level security, forced, on every table of a company.
GRANT USAGE ON SCHEMA public TO ikono_app, ikono_system;
ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "tenant" TO ikono_app USING (id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "tenant" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON "tenant" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "tenant" TO ikono_system;
ALTER TABLE "business_hours" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "business_hours" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "business_hours" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "business_hours" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "business_hours" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "business_hours" TO ikono_system;
ALTER TABLE "holiday" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "holiday" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "holiday" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "holiday" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "holiday" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "holiday" TO ikono_system;
ALTER TABLE "audit_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "audit_entry" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "audit_entry" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON "audit_entry" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "audit_entry" TO ikono_system;
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "membership" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "membership" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "membership" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "membership" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "membership" TO ikono_system;
ALTER TABLE "team" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "team" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "team" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "team" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "team" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "team" TO ikono_system;
ALTER TABLE "team_member" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "team_member" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "team_member" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "team_member" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "team_member" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "team_member" TO ikono_system;
ALTER TABLE "member_load" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "member_load" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "member_load" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "member_load" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "member_load" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "member_load" TO ikono_system;
ALTER TABLE "menu" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "menu" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "menu" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "menu" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "menu" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "menu" TO ikono_system;
ALTER TABLE "menu_version" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "menu_version" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "menu_version" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "menu_version" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "menu_version" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "menu_version" TO ikono_system;
ALTER TABLE "channel" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "channel" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "channel" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "channel" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel" TO ikono_system;
ALTER TABLE "channel_credential" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "channel_credential" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "channel_credential" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "channel_credential" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_credential" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_credential" TO ikono_system;
ALTER TABLE "channel_pairing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "channel_pairing" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "channel_pairing" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "channel_pairing" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_pairing" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_pairing" TO ikono_system;
ALTER TABLE "channel_state_change" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "channel_state_change" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "channel_state_change" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "channel_state_change" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON "channel_state_change" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_state_change" TO ikono_system;
ALTER TABLE "channel_lease" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "channel_lease" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "channel_lease" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "channel_lease" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_lease" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "channel_lease" TO ikono_system;
ALTER TABLE "inbound_journal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inbound_journal" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "inbound_journal" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "inbound_journal" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "inbound_journal" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "inbound_journal" TO ikono_system;
ALTER TABLE "contact" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "contact" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "contact" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "contact" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "contact" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "contact" TO ikono_system;
ALTER TABLE "contact_identity" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "contact_identity" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "contact_identity" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "contact_identity" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "contact_identity" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "contact_identity" TO ikono_system;
ALTER TABLE "conversation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "conversation" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "conversation" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "conversation" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "conversation" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "conversation" TO ikono_system;
ALTER TABLE "conversation_read" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "conversation_read" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "conversation_read" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "conversation_read" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "conversation_read" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "conversation_read" TO ikono_system;
ALTER TABLE "message" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "message" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "message" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "message" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "message" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "message" TO ikono_system;
ALTER TABLE "attachment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "attachment" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "attachment" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "attachment" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "attachment" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "attachment" TO ikono_system;
ALTER TABLE "conversation_event" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "conversation_event" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "conversation_event" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "conversation_event" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON "conversation_event" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "conversation_event" TO ikono_system;
ALTER TABLE "daily_rollup" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "daily_rollup" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "daily_rollup" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "daily_rollup" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "daily_rollup" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "daily_rollup" TO ikono_system;
ALTER TABLE "announcement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "announcement" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "announcement" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "announcement" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "announcement" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "announcement" TO ikono_system;
ALTER TABLE "menu_position" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "menu_position" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "menu_position" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "menu_position" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "menu_position" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "menu_position" TO ikono_system;
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "outbox" FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON "outbox" TO ikono_app USING ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK ("tenantId" = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY system ON "outbox" TO ikono_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "outbox" TO ikono_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "outbox" TO ikono_system;

-- Search. Under row-level security only leakproof operators may use an index, and the trigram's is none; so one function,
-- as the system role, reads the company from app.tenant_id itself and hands out ids, which the caller joins under its
-- own rows and rights.
CREATE INDEX contact_search ON contact USING gin ("searchText" gin_trgm_ops);
CREATE FUNCTION search_contacts(words text, most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM contact c
  WHERE c."tenantId" = nullif(current_setting('app.tenant_id', true), '')::uuid
    AND c."searchText" LIKE '%' || regexp_replace(lower(translate(words,
      'áéíóúàèìòùâêîôûãõäëïöüñçÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÃÕÄËÏÖÜÑÇ', 'aeiouaeiouaeiouaoaeiouncAEIOUAEIOUAEIOUAOAEIOUNC')),
      '([\\%_])', '\\\1', 'g') || '%'
  ORDER BY c."createdAt" DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION search_contacts(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_contacts(text, integer) TO ikono_app;
GRANT CREATE ON SCHEMA public TO ikono_system;
ALTER FUNCTION search_contacts(text, integer) OWNER TO ikono_system;
REVOKE CREATE ON SCHEMA public FROM ikono_system;


-- Directories and counters of no single company: the system role alone.
GRANT SELECT, INSERT, UPDATE, DELETE ON "user" TO ikono_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON "user_session" TO ikono_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON "password_reset" TO ikono_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON "rate_limit" TO ikono_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON "worker" TO ikono_system;
