-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "profileId" TEXT;

-- AlterTable
ALTER TABLE "ChatIdentity" ADD COLUMN     "speakerAt" TIMESTAMP(3),
ADD COLUMN     "waiting" TEXT;

-- AlterTable
ALTER TABLE "Profile" ADD COLUMN     "phoneOf" TEXT;

-- CreateTable
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MoveCode" (
    "id" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "MoveCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MoveTry" (
    "id" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MoveTry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Consent_profileId_idx" ON "Consent"("profileId");

-- CreateIndex
CREATE UNIQUE INDEX "MoveCode_codeHash_key" ON "MoveCode"("codeHash");

-- CreateIndex
CREATE INDEX "MoveCode_identityId_idx" ON "MoveCode"("identityId");

-- CreateIndex
CREATE INDEX "MoveTry_identityId_at_idx" ON "MoveTry"("identityId", "at");

-- CreateIndex
CREATE INDEX "MoveTry_at_idx" ON "MoveTry"("at");

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
