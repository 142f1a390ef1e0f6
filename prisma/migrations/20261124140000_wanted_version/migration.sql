-- Counts the changes of "wanted", so that a channel let go and wanted again between two looks of the worker is begun anew.
ALTER TABLE "channel" ADD COLUMN "wantedVersion" integer NOT NULL DEFAULT 0;
