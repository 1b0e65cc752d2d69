-- AlterTable
ALTER TABLE "ChatIdentity" ADD COLUMN "sameAsId" TEXT;

-- AlterTable
ALTER TABLE "GroupChat" ADD COLUMN "leftAt" DATETIME;

-- CreateTable
CREATE TABLE "MediaLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "mediaId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "submissionId" TEXT,
    "caseId" TEXT,
    "question" TEXT,
    "at" DATETIME NOT NULL,
    "transcript" TEXT,
    "transcribedBy" TEXT,
    "transcribedAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "HandOff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT,
    "territoryId" TEXT NOT NULL,
    "staffId" TEXT,
    "state" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "lastAt" DATETIME NOT NULL,
    "closesAt" DATETIME,
    "closedAt" DATETIME,
    "closedBy" TEXT,
    "openKey" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "HandOffLine" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "handOffId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "side" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "mediaId" TEXT
);

-- CreateTable
CREATE TABLE "ReplyQuota" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "messageAt" DATETIME,
    "messageLeft" INTEGER NOT NULL,
    "tapAt" DATETIME,
    "tapLeft" INTEGER NOT NULL,
    "goneAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
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
CREATE INDEX "HandOff_closesAt_idx" ON "HandOff"("closesAt") WHERE "closesAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "HandOffLine_handOffId_idx" ON "HandOffLine"("handOffId");

-- CreateIndex
CREATE INDEX "HandOffLine_mediaId_idx" ON "HandOffLine"("mediaId");

-- CreateIndex
CREATE INDEX "ChatIdentity_sameAsId_idx" ON "ChatIdentity"("sameAsId");
