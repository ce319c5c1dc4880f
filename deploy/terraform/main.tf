# The same resources as apps/aws-lambda/template.yaml: a function with a public URL, a DynamoDB table and three alarms.
#   npm run build:lambda
#   terraform -chdir=deploy/terraform init && terraform -chdir=deploy/terraform apply
terraform {
  required_version = ">= 1.6"
  required_providers {
    aws     = { source = "hashicorp/aws", version = ">= 6.28" }
    archive = { source = "hashicorp/archive", version = ">= 2.4" }
  }
}

variable "name" {
  type    = string
  default = "sessionhook"
}

variable "settings_secret" {
  type        = string
  default     = "sessionhook"
  description = "Name of a secret in Secrets Manager with the keys SESSIONHOOK_SECRETS and SESSIONHOOK_ADMIN_TOKEN"
}

variable "retention_days" {
  type        = number
  default     = 0
  description = "Days after which DynamoDB removes events; 0 stores them without limit"

  validation {
    condition     = var.retention_days == floor(var.retention_days) && var.retention_days >= 0 && var.retention_days <= 36500
    error_message = "retention_days must be an integer from 0 to 36500."
  }
}

variable "log_level" {
  type    = string
  default = "info"

  validation {
    condition     = contains(["trace", "debug", "info", "warning", "error", "fatal", "silent"], var.log_level)
    error_message = "log_level must be trace, debug, info, warning, error, fatal or silent."
  }
}

variable "log_retention_days" {
  type    = number
  default = 30
}

variable "alarm_topic_arn" {
  type        = string
  default     = ""
  description = "SNS topic that alarms are sent to; without one they only show in CloudWatch"
}

data "aws_secretsmanager_secret_version" "settings" {
  secret_id = var.settings_secret
}

data "archive_file" "function" {
  type        = "zip"
  source_dir  = "${path.module}/../../apps/aws-lambda/dist/function"
  output_path = "${path.module}/.terraform/function.zip"
}

locals {
  settings = jsondecode(data.aws_secretsmanager_secret_version.settings.secret_string)
  address  = "dynamodb:${aws_dynamodb_table.events.name}"
  summary  = ["version", "type", "status", "receivedAt", "attemptTimestamp", "size", "duplicates"]
  keys     = ["arrival", "id", "byShard", "byStatus", "byType"]
  indexes = {
    "newest"           = ["byShard", "arrival"]
    "newest-by-status" = ["byStatus", "arrival"]
    "newest-by-type"   = ["byType", "arrival"]
    "ids"              = ["byShard", "id"]
  }
  alarms = {
    "function-fails" = {
      description = "The function ends with an error or does not start; a bad setting is in its log"
      metric      = "Errors"
      minutes     = 1
      failing     = 1
    }
    "function-throttled" = {
      description = "Requests find no execution environment; senders get 429 and try again"
      metric      = "Throttles"
      minutes     = 1
      failing     = 1
    }
    "events-not-stored" = {
      description = "Answers of 500 and more, such as 503 when DynamoDB does not take an event; senders try again"
      metric      = "Url5xxCount"
      minutes     = 3
      failing     = 2
    }
  }
}

resource "aws_dynamodb_table" "events" {
  name                        = "${var.name}-events"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = true

  dynamic "attribute" {
    for_each = concat(["pk", "sk"], local.keys)
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = local.indexes
    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value[0]
      range_key          = global_secondary_index.value[1]
      projection_type    = "INCLUDE"
      non_key_attributes = concat(local.summary, setsubtract(local.keys, global_secondary_index.value))
    }
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "function" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "function" {
  name = "events-and-logs"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
        Resource = aws_dynamodb_table.events.arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:Query"
        Resource = [aws_dynamodb_table.events.arn, "${aws_dynamodb_table.events.arn}/index/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
    ]
  })
}

resource "aws_lambda_function" "receiver" {
  function_name    = var.name
  role             = aws_iam_role.function.arn
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  handler          = "handler.handler"
  memory_size      = 1024
  timeout          = 15
  filename         = data.archive_file.function.output_path
  source_code_hash = data.archive_file.function.output_base64sha256

  environment {
    variables = {
      LOG_LEVEL               = var.log_level
      SESSIONHOOK_SECRETS     = local.settings["SESSIONHOOK_SECRETS"]
      SESSIONHOOK_ADMIN_TOKEN = local.settings["SESSIONHOOK_ADMIN_TOKEN"]
      SESSIONHOOK_STORE = (
        var.retention_days == 0 ? local.address : "${local.address}?retentionDays=${var.retention_days}"
      )
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function.name
  }
}

# Senders prove themselves by their signature, people by the admin token.
resource "aws_lambda_function_url" "receiver" {
  function_name      = aws_lambda_function.receiver.function_name
  authorization_type = "NONE"
}

# Since October 2025 a public URL needs both permissions.
resource "aws_lambda_permission" "url" {
  statement_id           = "AllowUrl"
  function_name          = aws_lambda_function.receiver.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "invoke" {
  statement_id             = "AllowInvokeViaUrl"
  function_name            = aws_lambda_function.receiver.function_name
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}

resource "aws_cloudwatch_metric_alarm" "receiver" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = aws_lambda_function.receiver.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.failing
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == "" ? [] : [var.alarm_topic_arn]
}

output "inbox" {
  description = "Where people look at events; senders post to the same address followed by webhooks"
  value       = aws_lambda_function_url.receiver.function_url
}
