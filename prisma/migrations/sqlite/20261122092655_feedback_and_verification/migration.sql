-- CreateTable
CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT,
    "territoryId" TEXT,
    "submissionId" TEXT NOT NULL,
    "solved" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "came" TEXT NOT NULL,
    "comment" TEXT,
    "reopenAsked" BOOLEAN NOT NULL,
    "spotCheck" BOOLEAN NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT,
    "householdId" TEXT,
    "territoryId" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "staffIds" TEXT NOT NULL,
    "visitedOn" TEXT NOT NULL,
    "authorisation" TEXT NOT NULL,
    "persons" INTEGER NOT NULL,
    "income" INTEGER NOT NULL,
    "cost" INTEGER NOT NULL,
    "rigid" INTEGER NOT NULL,
    "perCapita" INTEGER NOT NULL,
    "gaps" TEXT NOT NULL,
    "dibao" TEXT NOT NULL,
    "selfCope" TEXT NOT NULL,
    "causes" TEXT NOT NULL,
    "monitoredType" TEXT,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Feedback_submissionId_key" ON "Feedback"("submissionId");

-- CreateIndex
CREATE INDEX "Feedback_caseId_idx" ON "Feedback"("caseId");

-- CreateIndex
CREATE INDEX "Feedback_territoryId_idx" ON "Feedback"("territoryId");

-- CreateIndex
CREATE UNIQUE INDEX "Verification_submissionId_key" ON "Verification"("submissionId");

-- CreateIndex
CREATE INDEX "Verification_caseId_idx" ON "Verification"("caseId");

-- CreateIndex
CREATE INDEX "Verification_householdId_idx" ON "Verification"("householdId");

-- CreateIndex
CREATE INDEX "Verification_territoryId_idx" ON "Verification"("territoryId");
