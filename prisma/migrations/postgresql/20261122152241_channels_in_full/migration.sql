-- AlterTable
ALTER TABLE "ChatIdentity" ADD COLUMN     "sameAsId" TEXT;

-- AlterTable
ALTER TABLE "GroupChat" ADD COLUMN     "leftAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "MediaLink" (
    "id" TEXT NOT NULL,
    "mediaId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "submissionId" TEXT,
    "caseId" TEXT,
    "question" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "transcript" TEXT,
    "transcribedBy" TEXT,
    "transcribedAt" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "MediaLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandOff" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "territoryId" TEXT NOT NULL,
    "staffId" TEXT,
    "state" TEXT NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "lastAt" TIMESTAMP(3) NOT NULL,
    "closesAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "closedBy" TEXT,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "HandOff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandOffLine" (
    "id" TEXT NOT NULL,
    "handOffId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "side" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "mediaId" TEXT,

    CONSTRAINT "HandOffLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReplyQuota" (
    "id" TEXT NOT NULL,
    "messageAt" TIMESTAMP(3),
    "messageLeft" INTEGER NOT NULL,
    "tapAt" TIMESTAMP(3),
    "tapLeft" INTEGER NOT NULL,
    "goneAt" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ReplyQuota_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MediaLink_mediaId_idx" ON "MediaLink"("mediaId");

-- CreateIndex
CREATE INDEX "MediaLink_caseId_idx" ON "MediaLink"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "HandOff_number_key" ON "HandOff"("number");

-- CreateIndex
CREATE UNIQUE INDEX "HandOff_openKey_key" ON "HandOff"("openKey");

-- CreateIndex
CREATE INDEX "HandOff_staffId_idx" ON "HandOff"("staffId");

-- CreateIndex
CREATE INDEX "HandOff_identityId_idx" ON "HandOff"("identityId");

-- CreateIndex
CREATE INDEX "HandOff_closesAt_idx" ON "HandOff"("closesAt") WHERE ("closesAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "HandOffLine_handOffId_idx" ON "HandOffLine"("handOffId");

-- CreateIndex
CREATE INDEX "HandOffLine_mediaId_idx" ON "HandOffLine"("mediaId");

-- CreateIndex
CREATE INDEX "ChatIdentity_sameAsId_idx" ON "ChatIdentity"("sameAsId");

-- Compare texts by code point
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
      AND table_name <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE "C"', found.table_name, found.column_name);
  END LOOP;
END $$;
